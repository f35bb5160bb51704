-- Possible victims by the four groups, by year of registration.
SELECT year, monitor_group, COUNT(*) AS counted
FROM persons
GROUP BY year, monitor_group
ORDER BY year, monitor_group
