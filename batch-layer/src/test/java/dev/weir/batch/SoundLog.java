package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/** What must hold of the log, the views and the notes on them at any time. */
final class SoundLog {
  private final BatchRunFixture fixture;
  private final ServedView view;

  SoundLog(BatchRunFixture fixture) {
    this.fixture = fixture;
    this.view = new ServedView(fixture.database, fixture.pipeline());
  }

  /** The rows of a query, in PostgreSQL's row syntax. */
  String text(String sql) {
    return fixture.database.query(
        "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM (" + sql + ") AS t");
  }

  /** Every committed event is served once; journal, coverage, files and digests agree with it. */
  void assertSound() throws SQLException {
    view.assertServes(fixture.speed.archived());
    assertThat(text("SELECT commit FROM weir.journal EXCEPT SELECT commit FROM weir.ledger"))
        .isNull();
    assertThat(
            text(
                "SELECT c.cube FROM weir.coverage c WHERE version <> (SELECT max(h.version) FROM"
                    + " weir.coverage_history h WHERE h.cube = c.cube AND h.definition_hash ="
                    + " c.definition_hash AND h.event_hour = c.event_hour)"))
        .isNull();
    assertThat(text("SELECT path FROM weir.file_to_delete")).isNull();
    EveryEventOnce.assertDigests(fixture.database, fixture.pipeline());
  }
}
