-- Possible victims by police unit, by year of registration.
SELECT year, police_unit, COUNT(*) AS counted
FROM persons
GROUP BY year, police_unit
ORDER BY year, police_unit
