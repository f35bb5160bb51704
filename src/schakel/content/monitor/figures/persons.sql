-- One row for each person and year of registration. Of each characteristic the first known value of that year counts,
-- in order of registration. "Domestic" is what reporters stated; where they contradict each other it is unknown.
-- Reports without identity are not in it: nobody knows whether they are about somebody who is.
SELECT
  person, year, organisation, sex, age_group, citizenship, form, sector, police_unit, again,
  CASE citizenship WHEN 'nl' THEN 'yes' WHEN 'unknown' THEN 'unknown' ELSE 'no' END AS dutch,
  CASE
    WHEN sector IN ('prostitution_licensed', 'prostitution_unlicensed') THEN 'sex_industry'
    WHEN sector = 'unknown' THEN 'unknown'
    ELSE 'outside'
  END AS sector_group,
  CASE
    WHEN said_yes = said_no OR sexual = 'unknown' THEN 'unknown'
    WHEN said_yes = 1 AND sexual = 'yes' THEN 'domestic_sexual'
    WHEN said_yes = 1 THEN 'domestic_other'
    WHEN sexual = 'yes' THEN 'crossborder_sexual'
    ELSE 'crossborder_other'
  END AS monitor_group
FROM (
  SELECT
    person,
    year,
    CASE WHEN MIN(organisation) = MAX(organisation) THEN MIN(organisation) ELSE 'several' END AS organisation,
    COALESCE(MIN_BY(sex, place) FILTER (WHERE sex <> 'unknown'), 'unknown') AS sex,
    COALESCE(MIN_BY(age_group, place) FILTER (WHERE age_group <> 'unknown'), 'unknown') AS age_group,
    COALESCE(MIN_BY(citizenship, place) FILTER (WHERE citizenship <> 'unknown'), 'unknown') AS citizenship,
    COALESCE(MIN_BY(form, place) FILTER (WHERE form <> 'unknown'), 'unknown') AS form,
    COALESCE(MIN_BY(sexual, place) FILTER (WHERE sexual <> 'unknown'), 'unknown') AS sexual,
    COALESCE(MIN_BY(sector, place) FILTER (WHERE sector <> 'unknown'), 'unknown') AS sector,
    COALESCE(MIN_BY(police_unit, place) FILTER (WHERE police_unit <> 'unknown'), 'unknown') AS police_unit,
    MIN(again) AS again,
    MAX(CASE WHEN domestic = 'yes' THEN 1 ELSE 0 END) AS said_yes,
    MAX(CASE WHEN domestic = 'no' THEN 1 ELSE 0 END) AS said_no
  FROM reports
  WHERE identity = 'with'
  GROUP BY person, year
) AS first_known
