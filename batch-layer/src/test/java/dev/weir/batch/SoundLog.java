package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

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
    for (var cube : fixture.pipeline().cubes()) {
      for (String layer : List.of("speed", "minute", "hour")) {
        String name = "'%s', '%s', '%s'".formatted(layer, cube.name(), cube.definitionHash());
        assertThat(
                text(
                    "SELECT event_hour, tag, row_count, hash FROM weir.row_digest WHERE (layer, cube,"
                        + " definition_hash) = ("
                        + name
                        + ")"))
            .as(name)
            .isEqualTo(
                text(
                    "SELECT * FROM weir.row_digests("
                        + name
                        + ", (SELECT array_agg(h) FROM generate_series(timestamptz '2026-02-25Z',"
                        + " timestamptz '2026-03-03Z', interval '1 h') AS h))"));
      }
    }
  }
}
