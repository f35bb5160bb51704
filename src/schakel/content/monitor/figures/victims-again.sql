-- Persons reported again, by year of registration.
SELECT year, again, COUNT(*) AS counted
FROM persons
GROUP BY year, again
ORDER BY year, again
