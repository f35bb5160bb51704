-- Possible victims by sex and age, by year of registration.
SELECT year, sex, age_group, COUNT(*) AS counted
FROM persons
GROUP BY year, sex, age_group
ORDER BY year, sex, age_group
