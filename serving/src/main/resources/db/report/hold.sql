-- Held by the session until it ends, however it ends: so that others see whether somebody works on the run.
SELECT pg_advisory_lock(hashtext('weir.report_run'), :id::int)
