-- Scheduled reports: each due time of each is delivered once, whoever serves and however often one starts.

CREATE TABLE weir.report (
  name        text PRIMARY KEY,
  known_since timestamptz NOT NULL
);
COMMENT ON TABLE weir.report IS 'The reports that were ever declared.';
COMMENT ON COLUMN weir.report.known_since IS 'When it was first seen; no due time before it is caught up.';

CREATE TABLE weir.report_run (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report          text NOT NULL,
  due_at          timestamptz NOT NULL,
  asked           boolean NOT NULL,
  range_from      timestamptz NOT NULL,
  range_to        timestamptz NOT NULL,
  state           text NOT NULL DEFAULT 'due'
                  CHECK (state IN ('due', 'running', 'sending', 'waiting', 'failed', 'delivered', 'given_up', 'unknown')),
  attempts        int NOT NULL DEFAULT 0,
  failures        int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  delivered_to    text[] NOT NULL DEFAULT '{}',
  files           text[] NOT NULL DEFAULT '{}',
  message         text,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT once UNIQUE (report, due_at),
  CONSTRAINT range CHECK (range_from < range_to),
  CONSTRAINT next CHECK ((next_attempt_at IS NOT NULL) = (state IN ('due', 'waiting', 'failed')))
);
COMMENT ON TABLE weir.report_run IS 'One row per due time of a report. Whoever works on it holds the advisory lock (hashtext(''weir.report_run''), id).';
COMMENT ON COLUMN weir.report_run.due_at IS 'When the schedule, or an operator, wanted it.';
COMMENT ON COLUMN weir.report_run.asked IS 'Whether an operator asked for it, rather than the schedule.';
COMMENT ON COLUMN weir.report_run.range_to IS 'End of the range it is about, exclusive.';
COMMENT ON COLUMN weir.report_run.state IS 'due: to be made; running; sending: a mail server is being given the message; waiting: for its range to be committed; failed: to be tried again; delivered; given_up; unknown: whoever sent it ended before the mail server answered, so it is not sent again.';
COMMENT ON COLUMN weir.report_run.attempts IS 'How often it was claimed; only the newest claim may change the row.';
COMMENT ON COLUMN weir.report_run.failures IS 'Attempts that failed.';
COMMENT ON COLUMN weir.report_run.delivered_to IS 'Where it has arrived: folder, email. A new attempt leaves these out.';
COMMENT ON COLUMN weir.report_run.files IS 'Names of its files.';
COMMENT ON COLUMN weir.report_run.message IS 'What went wrong, or what it waits for.';
CREATE INDEX ON weir.report_run (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX ON weir.report_run (state) WHERE state IN ('running', 'sending');
