-- Lists files before they are written, so that an interrupted run's files are known without listing a folder.
INSERT INTO weir.archive_file (path, kind, bytes, row_count, version)
SELECT f.path, 'hours', 0, 0, ?
FROM unnest(?::text[]) AS f (path)
