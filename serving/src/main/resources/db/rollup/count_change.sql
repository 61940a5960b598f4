-- Kept answers are not taken for current any more. Last of all: publications wait for it.
UPDATE weir.coverage_state SET changes = changes + 1
