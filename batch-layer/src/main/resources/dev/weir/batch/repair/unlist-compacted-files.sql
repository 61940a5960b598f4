-- Takes files out of the manifest that are listed for an hour's compaction and are not of it.
DELETE FROM weir.archive_file f
USING weir.archive_manifest m
WHERE m.file_id = f.file_id AND m.event_hour = ? AND f.kind = 'hours' AND f.version = ? AND f.path <> ALL (?)
