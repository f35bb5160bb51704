-- The four groups by sex and age, by year of registration.
SELECT year, monitor_group, sex, age_group, COUNT(*) AS counted
FROM persons
GROUP BY year, monitor_group, sex, age_group
ORDER BY year, monitor_group, sex, age_group
