SELECT name FROM weir.pipeline
