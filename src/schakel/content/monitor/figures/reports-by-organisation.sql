-- Reports by organisation, by year of registration.
SELECT year, organisation, identity, COUNT(*) AS counted
FROM reports
GROUP BY year, organisation, identity
ORDER BY year, organisation, identity
