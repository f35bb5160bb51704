-- Persons by reporter (overlapping), by year of registration.
SELECT year, organisation, COUNT(DISTINCT person) AS counted
FROM reports
WHERE identity = 'with'
GROUP BY year, organisation
ORDER BY year, organisation
