-- Whether a definition has everything: each event hour's commits from before it was declared are absorbed by its
-- coverage; later commits have speed rows of it. Sealed hours, whose archive is gone, cannot be recomputed and do not count.
SELECT NOT EXISTS (
  SELECT
  FROM (
    SELECT
      manifest.event_hour,
      max(least(coalesce(file.commit, compacted.absorbed_through), cube.since_commit)) AS needed
    FROM weir.archive_manifest AS manifest
    JOIN weir.archive_file AS file USING (file_id)
    LEFT JOIN weir.compacted_hour AS compacted USING (event_hour)
    WHERE file.deleted_at IS NULL
      AND (file.kind = 'hours' OR file.kind = 'arrivals' AND file.commit <= cube.since_commit)
      AND NOT EXISTS (SELECT FROM weir.sealed_hour AS sealed WHERE sealed.event_hour = manifest.event_hour)
    GROUP BY manifest.event_hour
  ) AS hour
  LEFT JOIN weir.coverage AS coverage
    ON coverage.cube = cube.cube AND coverage.definition_hash = cube.definition_hash
      AND coverage.event_hour = hour.event_hour
  WHERE coalesce(coverage.absorbed_through, 0) < hour.needed
)
FROM weir.cube AS cube
WHERE cube.cube = ? AND cube.definition_hash = ?
