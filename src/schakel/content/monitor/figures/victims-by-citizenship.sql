-- Possible victims by citizenship, by year of registration.
SELECT year, citizenship, COUNT(*) AS counted
FROM persons
GROUP BY year, citizenship
ORDER BY year, citizenship
