-- Which pipeline the database belongs to.
SELECT name
FROM weir.pipeline
