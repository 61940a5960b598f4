package dev.weir.serving.export;

import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.api.RunningServer;
import java.time.LocalDate;

/** The commit log of {@link RunningServer}'s shop, written by hand. */
public final class ShopLog {
  private final TestDatabase database;
  private final String table;

  public ShopLog(TestDatabase database) {
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    this.database = database;
    this.table = CubeTables.of(pipeline, pipeline.cubes().get(0)).speedTable();
  }

  /** A few events of the morning of 2026-03-01, in two commits, some with texts to beware of. */
  public void writeMorning() {
    partition("2026-03-01");
    database.execute(
        "INSERT INTO "
            + table
            + """
             (commit, event_hour, bucket, event_type, country, event_count, value_count, value_sum, value_min, value_max,
              value_sketch, user_id_hll) VALUES
              (1, '2026-03-01T10:00Z', '2026-03-01T10:00Z', 'buy', 'DE', 3, 2, 300, 100, 200, ROW('{100,136}', '{1,1}'), '\\x000101'),
              (1, '2026-03-01T10:00Z', '2026-03-01T10:01Z', 'buy', 'CH', 2, 2, 50, 20, 30, ROW('{20,30}', '{1,1}'), '\\x000102'),
              (2, '2026-03-01T10:00Z', '2026-03-01T10:01Z', 'view', NULL, 7, 1, 0, 0, 0, ROW('{0}', '{1}'), '\\x000201'),
              (2, '2026-03-01T10:00Z', '2026-03-01T10:02Z', '=HYPERLINK("http://x","y")', '-1', 1, 1, 5, 5, 5, ROW('{5}', '{1}'), '\\x000201'),
              (2, '2026-03-01T11:00Z', '2026-03-01T11:30Z', 'a, "b"', '', 1, 0, 0, NULL, NULL, NULL, '')""");
    commit(1, "2026-03-01T10:01:30Z");
    commit(2, "2026-03-01T11:30:10Z");
  }

  /** A minute row for each of that many combinations, from the start of 2026-01-01 on. */
  public void writeMinutes(int days, int combinations) {
    for (int day = 0; day < days; day++) {
      partition(LocalDate.parse("2026-01-01").plusDays(day).toString());
    }
    database.execute(
        "INSERT INTO "
            + table
            + " (commit, event_hour, bucket, event_type, country, event_count, value_count, value_sum)"
            + " SELECT 1, date_trunc('hour', minute), minute, 'type ' || type, 'DE', type, 0, 0"
            + " FROM generate_series('2026-01-01T00:00Z'::timestamptz, '2026-01-01T00:00Z'::timestamptz + interval '"
            + days
            + " days' - interval '1 minute', interval '1 minute') AS minute, generate_series(1, "
            + combinations
            + ") AS type");
  }

  private void partition(String day) {
    database.query("SELECT weir.ensure_day('" + table + "'::regclass, '" + day + "')");
  }

  /** Makes a commit the head, as soon as its newest event has happened. */
  public void commit(long commit, String newestEvent) {
    commit(commit, newestEvent, newestEvent);
  }

  /** Makes a commit the head. */
  public void commit(long commit, String newestEvent, String committedAt) {
    database.execute(
        "INSERT INTO weir.journal VALUES ("
            + commit
            + ", '{}'); INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, min_event_time, max_event_time, committed_at) VALUES ("
            + commit
            + ", gen_random_uuid(), gen_random_uuid(), 1, 'job', "
            + commit
            + ", '2026-03-01T10:00Z', '"
            + newestEvent
            + "', '"
            + committedAt
            + "'); UPDATE weir.head SET commit = "
            + commit
            + ", last_commit = "
            + commit);
  }
}
