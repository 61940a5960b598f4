-- Makes a version's files the compacted files of these hours, with what the manifest lists of them together.
INSERT INTO weir.compacted_hour (event_hour, version, absorbed_through, row_count, hash_sum)
SELECT w.event_hour, r.version, ?, coalesce(sum(m.row_count), 0), weir.wrapped(coalesce(sum(m.hash_sum), 0))
FROM unnest(?::timestamptz[]) AS w (event_hour)
CROSS JOIN (SELECT ?::bigint AS version) AS r
LEFT JOIN (weir.archive_manifest m JOIN weir.archive_file f ON f.file_id = m.file_id AND f.kind = 'hours')
  ON m.event_hour = w.event_hour AND f.version = r.version
GROUP BY w.event_hour, r.version
ON CONFLICT (event_hour) DO UPDATE
  SET version = excluded.version, absorbed_through = excluded.absorbed_through,
      row_count = excluded.row_count, hash_sum = excluded.hash_sum
