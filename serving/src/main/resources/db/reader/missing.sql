SELECT to_regrole('weir_reader') IS NULL
