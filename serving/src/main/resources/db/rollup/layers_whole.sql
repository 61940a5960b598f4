-- Whether the rows of both layers, of these event hours, are those that were noted when they were written.
SELECT NOT EXISTS (
  SELECT
  FROM unnest(ARRAY['speed', 'minute', 'hour']) AS l (layer)
  CROSS JOIN (
    SELECT array_agg(hour) AS hours FROM generate_series(:from::timestamptz, :to::timestamptz - interval '1 hour', interval '1 hour') AS hour
  ) AS asked
  CROSS JOIN LATERAL (
    SELECT
    FROM (
      SELECT d.event_hour, d.tag, d.row_count, d.hash
      FROM weir.row_digest AS d
      WHERE d.layer = l.layer AND d.cube = :cube AND d.definition_hash = :definition AND d.event_hour = ANY (asked.hours)
    ) AS n
    FULL JOIN weir.row_digests(l.layer, :cube, :definition, asked.hours) AS f USING (event_hour, tag)
    WHERE (n.row_count, n.hash) IS DISTINCT FROM (f.row_count, f.hash)
  ) AS differing
)
