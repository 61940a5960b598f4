-- Whether a definition has everything: each event hour's commits from before it was declared are absorbed by its coverage;
-- later commits have speed rows of it. Sealed hours, whose archive is gone, cannot be recomputed and do not count. If it has,
-- it lacks no commit any more, which is noted. Unless it is to be looked at in any case, one that lacks none as noted has everything.
WITH definition AS (
  SELECT
    cube.cube,
    cube.definition_hash,
    cube.since_commit,
    CASE WHEN ? OR cube.complete_through IS NOT NULL THEN NOT EXISTS (
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
    ) ELSE true END AS has_everything
  FROM weir.cube AS cube
  WHERE cube.cube = ? AND cube.definition_hash = ?
),
-- Unless a commit without rows of it came in the meantime.
noted AS (
  UPDATE weir.cube AS cube
  SET complete_through = NULL
  FROM definition
  WHERE cube.cube = definition.cube AND cube.definition_hash = definition.definition_hash
    AND definition.has_everything AND cube.complete_through IS NOT NULL AND cube.since_commit = definition.since_commit
)
SELECT has_everything FROM definition
