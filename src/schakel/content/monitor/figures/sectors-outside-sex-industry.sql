-- Sectors outside the sex industry, by year of registration.
SELECT year, sector, COUNT(*) AS counted
FROM persons
WHERE sector_group = 'outside'
GROUP BY year, sector
ORDER BY year, sector
