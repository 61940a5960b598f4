-- Which pipeline the database belongs to, and whether its tables are of this version.
SELECT name, to_regclass('weir.journal') IS NOT NULL AS has_journal
FROM weir.pipeline
