-- Forgets runs that nobody has worked on since.
DELETE FROM weir.report_run WHERE updated_at < :before AND state NOT IN ('running', 'sending')
