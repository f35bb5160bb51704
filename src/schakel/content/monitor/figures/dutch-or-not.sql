-- Dutch and non-Dutch nationality, by year of registration.
SELECT year, dutch, COUNT(*) AS counted
FROM persons
GROUP BY year, dutch
ORDER BY year, dutch
