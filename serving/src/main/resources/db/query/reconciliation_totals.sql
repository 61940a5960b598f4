SELECT
  (SELECT count(*) FROM serving.disagreements) AS disagreements,
  (SELECT count(*) FROM serving.sealed_hours) AS sealed_hours
