-- Possible victims by form of exploitation, by year of registration.
SELECT year, form, COUNT(*) AS counted
FROM persons
GROUP BY year, form
ORDER BY year, form
