-- As if something had been published: no answer that was kept is of the present state any more.
UPDATE weir.coverage_state SET changes = changes + 1
