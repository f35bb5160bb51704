-- Dutch victims by age, by year of registration.
SELECT year, age_group, COUNT(*) AS counted
FROM persons
WHERE dutch = 'yes'
GROUP BY year, age_group
ORDER BY year, age_group
