-- Since when a report is declared as it is now: a due time that its schedule did not have is not caught up.

ALTER TABLE weir.report
  ADD COLUMN schedule text,
  ADD COLUMN zone text,
  ADD COLUMN declared boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN weir.report.known_since IS 'Since when it is declared with this schedule and zone; no due time before it is caught up.';
COMMENT ON COLUMN weir.report.schedule IS 'When it is due, as the process that began last declares it; null: not since this is kept.';
COMMENT ON COLUMN weir.report.zone IS 'On whose clocks.';
COMMENT ON COLUMN weir.report.declared IS 'Whether the process that began last declares it.';
