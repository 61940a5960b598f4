-- No cube has absorbed or missed a commit that is no more.
UPDATE weir.cube AS cube
SET
  absorbed_through = least(cube.absorbed_through, target.commit),
  since_commit = least(cube.since_commit, target.commit),
  complete_through = CASE WHEN cube.complete_through < target.commit THEN cube.complete_through END
FROM (SELECT ?::bigint AS commit) AS target
