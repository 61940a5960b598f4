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

/** Rows of all formats that state may hold are committed, and as the same. */
class DeltaRowsITCase {
  private static final int EVENTS = 12_000;

  @TempDir private Path archive;

  @Test
  void stateOfEarlierReleasesIsCommittedAsItWas() throws Exception {
    try (CommitLogFixture now = new CommitLogFixture(archive);
        CommitLogFixture uncompressed = new CommitLogFixture(archive);
        CommitLogFixture before = new CommitLogFixture(archive)) {
      PostgresCommitLog log = now.owner("job", Committable.NONE);
      EpochGatherer epoch = new EpochGatherer(now.pipeline);
      new SampleEpoch(now.pipeline, 4, EVENTS).parts().forEach(epoch::add);
      Committable committable =
          epoch.toCommittable(new UUID(9, 9), Committable.NONE, now.attempt(), "job", 4);
      byte[] state = CommittableFormat.write(committable);
      assertThat(state).startsWith('W', 'E', 'I', 'R', 0, 0, 0, 3);
      log.commit(CommittableFormat.read(state));

      byte[] secondState = CommittableFormat.write(with(asBinary(committable), committable));
      assertThat(secondState).startsWith('W', 'E', 'I', 'R', 0, 0, 0, 2);
      assertThat(secondState.length).isGreaterThan(2 * state.length);
      uncompressed.owner("job", Committable.NONE).commit(CommittableFormat.read(secondState));
      assertThat(stored(uncompressed)).isEqualTo(stored(now));
      assertThat(digests(uncompressed)).isEqualTo(digests(now));

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

  /** The rows of all portions, one after the other. */
  private static List<CubeDeltas> asBinary(Committable committable) {
    List<CubeDeltas> deltas = new ArrayList<>();
    int portions = 0;
    for (CubeDeltas compressed : committable.deltas()) {
      Decompressed rows = Decompressed.of(compressed.data());
      assertThat(rows.rows().hours()).isEqualTo(compressed.data().hours());
      portions += rows.portions();
      deltas.add(with(rows.rows(), compressed));
    }
    assertThat(portions).isGreaterThan(2 * deltas.size());
    return deltas;
  }

  private static CubeDeltas with(DeltaRows data, CubeDeltas of) {
    return new CubeDeltas(
        of.cube(), of.definitionHash(), of.table(), of.columns(), of.days(), of.rows(), data);
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
        deltas.add(with(text, binary));
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
