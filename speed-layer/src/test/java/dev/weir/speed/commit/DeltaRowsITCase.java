package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.Committable.CubeDeltas;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Rows of both formats that state may hold are committed, and as the same. */
class DeltaRowsITCase {
  private static final int EVENTS = 3000;

  @TempDir private Path archive;

  @Test
  void stateOfTheFirstReleaseIsCommittedAsItWas() throws Exception {
    try (CommitLogFixture now = new CommitLogFixture(archive);
        CommitLogFixture before = new CommitLogFixture(archive)) {
      PostgresCommitLog log = now.owner("job", Committable.NONE);
      EpochGatherer epoch = new EpochGatherer(now.pipeline);
      new SampleEpoch(now.pipeline, 4, EVENTS).parts().forEach(epoch::add);
      Committable committable =
          epoch.toCommittable(new UUID(9, 9), Committable.NONE, now.attempt(), "job", 4);
      byte[] state = CommittableFormat.write(committable);
      assertThat(state).startsWith('W', 'E', 'I', 'R', 0, 0, 0, 2);
      log.commit(CommittableFormat.read(state));

      byte[] firstState = CommittableFormat.write(with(asText(now, committable), committable));
      assertThat(firstState).startsWith('W', 'E', 'I', 'R', 0, 0, 0, 1);
      Committable restored = CommittableFormat.read(firstState);
      assertThat(CommittableFormat.write(restored)).isEqualTo(firstState);
      before.owner("job", Committable.NONE).commit(restored);

      assertThat(stored(before)).isEqualTo(stored(now)).allMatch(rows -> !rows.isEmpty());
      assertThat(digests(before)).isEqualTo(digests(now)).contains(",speed,1,");
    }
  }

  private static Committable with(List<CubeDeltas> deltas, Committable of) {
    return new Committable(
        of.uuid(),
        of.parent(),
        of.attempt(),
        of.jobId(),
        of.checkpoint(),
        of.minEventTime(),
        of.maxEventTime(),
        of.sources(),
        of.offsets(),
        of.deadLetters(),
        of.samples(),
        of.files(),
        deltas);
  }

  /** The rows of commit 1 as PostgreSQL writes them, which is how the first release did. */
  private static List<CubeDeltas> asText(CommitLogFixture fixture, Committable committable)
      throws Exception {
    List<CubeDeltas> deltas = new ArrayList<>();
    try (Connection connection = fixture.database.connect()) {
      for (CubeDeltas binary : committable.deltas()) {
        String columns =
            binary.columns().stream().map(CubeTables::quoted).collect(Collectors.joining(", "));
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT %s FROM %s WHERE commit = 1) TO STDOUT"
                    .formatted(columns, binary.table()),
                lines);
        TextRows text = new TextRows(lines.toByteArray());
        assertThat(text.hours()).hasSameSizeAs(binary.data().hours()).hasSizeGreaterThan(1);
        deltas.add(
            new CubeDeltas(
                binary.cube(),
                binary.definitionHash(),
                binary.table(),
                binary.columns(),
                binary.days(),
                binary.rows(),
                text));
      }
    }
    return deltas;
  }

  private static List<String> stored(CommitLogFixture fixture) {
    return fixture.pipeline.cubes().stream()
        .map(cube -> CubeTables.of(fixture.pipeline, cube).speedTable())
        .map(
            table ->
                fixture.database.query(
                    "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM " + table + " AS t"))
        .toList();
  }

  private static String digests(CommitLogFixture fixture) {
    return fixture.database.query(
        "SELECT string_agg(d::text, ' ' ORDER BY d::text) FROM weir.row_digest AS d");
  }
}
