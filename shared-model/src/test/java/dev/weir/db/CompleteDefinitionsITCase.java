package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through which commit a definition is whole, by what the tables before knew of it. */
class CompleteDefinitionsITCase {
  private TestDatabase database;

  @BeforeEach
  void createAsItWasBefore() {
    database = TestDatabase.empty();
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("classpath:db/migration")
        .defaultSchema("weir")
        .target("14")
        .load()
        .migrate();
    for (int commit = 1; commit <= 30; commit++) {
      database.execute(
          """
          INSERT INTO weir.journal VALUES (%1$d, '{}');
          INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, committed_at)
          VALUES (%1$d, gen_random_uuid(), gen_random_uuid(), 1, 'job', %1$d, '2026-03-01Z'::timestamptz + interval '%1$d min')"""
              .formatted(commit));
    }
    database.execute("UPDATE weir.head SET commit = 30, last_commit = 30");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void define(
      String cube, String definition, int declaredMinute, boolean current, int since, int through) {
    database.execute(
        """
        INSERT INTO weir.cube (cube, definition_hash, since_commit, current, absorbed_through, declared_at)
        VALUES ('%s', '%s', %d, %s, %d, '2026-03-01Z'::timestamptz + interval '%d min 30 s')"""
            .formatted(cube, definition, since, current, through, declaredMinute));
  }

  private String completeThrough() {
    return database.query(
        "SELECT string_agg(cube || ' ' || definition_hash || ' ' || coalesce(complete_through::text, 'all'), ', '"
            + " ORDER BY cube, definition_hash) FROM weir.cube");
  }

  @Test
  void aFormerDefinitionIsWholeThroughTheCommitBeforeTheNextOneWasDeclared() {
    define("changed", "a", 0, false, 30, 7);
    define("changed", "b", 20, true, 20, 0);
    define("late", "a", 10, false, 30, 0);
    define("late", "b", 20, true, 20, 0);
    define("twice", "a", 0, false, 30, 7);
    define("twice", "b", 10, false, 30, 0);
    define("twice", "c", 20, true, 20, 0);
    define("unchanged", "a", 0, true, 0, 0);

    database.migrate();

    assertThat(completeThrough())
        .isEqualTo(
            "changed a 20, changed b 0, late a 0, late b 0, twice a 10, twice b 0, twice c 0, unchanged a all");
  }

  @Test
  void aCommitWithoutRowsOfADefinitionIsNotedWhoeverMakesIt() {
    define("sales", "a", 0, true, 0, 0);
    database.migrate();
    // As a job says that was started before the migration.
    database.execute("UPDATE weir.cube SET since_commit = 31");
    assertThat(completeThrough()).isEqualTo("sales a 30");
    database.execute("UPDATE weir.head SET commit = 31, last_commit = 31");
    database.execute("UPDATE weir.cube SET since_commit = 32");
    assertThat(completeThrough()).as("the first that it lacks").isEqualTo("sales a 30");
  }
}
