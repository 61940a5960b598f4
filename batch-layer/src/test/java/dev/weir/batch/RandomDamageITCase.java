package dev.weir.batch;

import static dev.weir.batch.DamageFixture.EIGHT;
import static dev.weir.batch.DamageFixture.NINE;
import static dev.weir.batch.DamageFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several damages at once, seeded: archive files, rows and the log. Each commit is damaged in the
 * archive or in the rows, never in both, so that everything can be repaired; and after each repair
 * what is served is what the oracle computes.
 */
class RandomDamageITCase {
  private static final List<Instant> HOURS = List.of(EIGHT, NINE, TEN);
  private static final List<String> LOG =
      List.of(
          "DELETE FROM weir.ledger WHERE commit = %d",
          "DELETE FROM weir.ledger_source WHERE commit = %d",
          "UPDATE weir.ledger_source SET counted = counted + 1, filtered = filtered - 1"
              + " WHERE commit = %d",
          "DELETE FROM weir.archive_file WHERE commit = %d",
          "DELETE FROM weir.archive_manifest USING weir.archive_file f"
              + " WHERE f.file_id = archive_manifest.file_id AND f.commit = %d",
          "UPDATE weir.archive_manifest SET hash_sum = hash_sum + 1 FROM weir.archive_file f"
              + " WHERE f.file_id = archive_manifest.file_id AND f.commit = %d");
  private static final List<String> ROWS =
      List.of(
          "UPDATE %1$s SET event_count = event_count + 3 WHERE ctid IN (SELECT ctid FROM %1$s"
              + " WHERE event_hour = '%2$s' LIMIT 2) AND event_hour = '%2$s'",
          "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s WHERE event_hour = '%2$s' LIMIT 3)"
              + " AND event_hour = '%2$s'",
          "INSERT INTO %1$s SELECT * FROM %1$s WHERE event_hour = '%2$s' LIMIT 4");

  @TempDir Path archive;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everythingIsFoundAndMended(long seed) throws Exception {
    Random random = new Random(seed);
    try (DamageFixture fixture = new DamageFixture(archive, seed)) {
      for (int round = 0; round < 3; round++) {
        List<String> done = new ArrayList<>();
        if (random.nextBoolean()) {
          damageRows(fixture, random, done);
        }
        // A file that only a sealed hour still has to fold may be damaged without being missed.
        boolean files = done.isEmpty();
        if (files) {
          damageFiles(fixture, random, done);
        }
        int harmed = done.size();
        for (int i = random.nextInt(3); i > 0; i--) {
          String sql =
              LOG.get(random.nextInt(LOG.size()))
                  .formatted(1 + random.nextInt((int) fixture.runs.speed.head()));
          fixture.runs.database.execute(sql);
          done.add(sql);
        }
        if (!files || done.size() > harmed) {
          assertThat(fixture.runs.verify().succeeded()).as(done.toString()).isFalse();
        }
        if (random.nextBoolean()) {
          fixture.runs.run();
        }
        Answer repaired = fixture.runs.repair();
        assertThat(repaired.succeeded()).as(done + "\n" + repaired.text()).isTrue();
        fixture.assertServed();
        fixture.commit(1 + random.nextInt(30), HOURS.get(random.nextInt(3)), EIGHT);
        fixture.assertServed();
        if (random.nextBoolean()) {
          RunSummary run = fixture.runs.run();
          assertThat(run.problems()).as(done.toString()).isEmpty();
        }
      }
      fixture.assertGoesOn();
    }
  }

  private static void damageFiles(DamageFixture fixture, Random random, List<String> done)
      throws Exception {
    List<String> listed =
        new ArrayList<>(
            List.of(
                fixture
                    .runs
                    .database
                    .query(
                        "SELECT string_agg(path, ' ' ORDER BY path) FROM weir.archive_file"
                            + " WHERE deleted_at IS NULL")
                    .split(" ")));
    Collections.shuffle(listed, random);
    for (String path : listed.subList(0, 1 + random.nextInt(2))) {
      switch (random.nextInt(3)) {
        case 0 -> Files.delete(fixture.file(path));
        case 1 -> {
          byte[] bytes = Files.readAllBytes(fixture.file(path));
          Files.write(fixture.file(path), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
        default -> fixture.alterRow(path);
      }
      done.add("damaged " + path);
    }
  }

  private static void damageRows(DamageFixture fixture, Random random, List<String> done) {
    List<CubeTable> layers = List.of(CubeTable.SPEED, CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR);
    int cube = random.nextInt(fixture.runs.pipeline().cubes().size());
    CubeTables tables =
        CubeTables.of(fixture.runs.pipeline(), fixture.runs.pipeline().cubes().get(cube));
    for (Instant hour : HOURS) {
      boolean whole =
          fixture.runs.database.queryLong(
                  "SELECT count(*) FROM weir.sealed_hour WHERE event_hour = '" + hour + "'")
              == 0;
      String table = tables.table(layers.get(random.nextInt(3)));
      boolean any =
          fixture.runs.database.queryLong(
                  "SELECT count(*) FROM " + table + " WHERE event_hour = '" + hour + "'")
              > 0;
      if (whole && any) {
        String sql = ROWS.get(random.nextInt(ROWS.size())).formatted(table, hour);
        fixture.runs.database.execute(sql);
        done.add(sql);
      }
    }
  }
}
