-- Sectors of exploitation, by year of registration.
SELECT year, sector_group, COUNT(*) AS counted
FROM persons
GROUP BY year, sector_group
ORDER BY year, sector_group
