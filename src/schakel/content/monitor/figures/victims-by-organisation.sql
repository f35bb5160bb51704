-- Possible victims by registering organisation, by year of registration.
SELECT year, organisation, COUNT(*) AS counted
FROM persons
GROUP BY year, organisation
ORDER BY year, organisation
