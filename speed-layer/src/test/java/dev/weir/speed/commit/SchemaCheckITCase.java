package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.CubeTables;
import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

class SchemaCheckITCase {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  private static DatabaseAddress address(TestDatabase database) {
    return new DatabaseAddress(database.jdbcUrl(), database.user(), "secret");
  }

  private static String remedy(TestDatabase database) {
    return "Run `weir migrate` (java -jar weir-serving.jar migrate --pipeline FILE --database.url "
        + database.jdbcUrl()
        + " --database.user postgres), then start the job again";
  }

  @Test
  void acceptsAMigratedDatabase() {
    try (TestDatabase database = TestDatabase.create(PIPELINE)) {
      assertThatCode(() -> SchemaCheck.check(address(database), PIPELINE))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAnEmptyDatabase() {
    try (TestDatabase database = TestDatabase.empty()) {
      assertThatThrownBy(() -> SchemaCheck.check(address(database), PIPELINE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the database of postgres at "
                  + database.jdbcUrl()
                  + " holds no commit log. "
                  + remedy(database));
      database.migrate();
      assertThatThrownBy(() -> SchemaCheck.check(address(database), PIPELINE))
          .hasMessageEndingWith("belongs to no pipeline yet. " + remedy(database));
    }
  }

  @Test
  void refusesTheDatabaseOfAnotherPipeline() {
    try (TestDatabase database = TestDatabase.create(PIPELINE)) {
      database.execute("UPDATE weir.pipeline SET name = 'shop'");
      assertThatThrownBy(() -> SchemaCheck.check(address(database), PIPELINE))
          .hasMessage(
              "the database of postgres at "
                  + database.jdbcUrl()
                  + " belongs to pipeline shop, not to web. A database holds one pipeline: name"
                  + " another database in --database.url, or start pipeline shop");
    }
  }

  @Test
  void refusesUnknownAndRetiredDefinitionsAndMissingTables() {
    try (TestDatabase database = TestDatabase.create(PIPELINE)) {
      String traffic = PIPELINE.cubes().get(0).definitionHash();
      database.execute("UPDATE weir.cube SET current = false WHERE cube = 'traffic'");
      assertThatThrownBy(() -> SchemaCheck.check(address(database), PIPELINE))
          .hasMessageEndingWith(
              " does not know the declared definition of traffic (definition "
                  + traffic
                  + "). "
                  + remedy(database));
      database.execute(
          "DROP TABLE " + CubeTables.of(PIPELINE, PIPELINE.cubes().get(1)).liveTable());
      assertThatThrownBy(() -> SchemaCheck.check(address(database), PIPELINE))
          .hasMessageContaining("of traffic (definition " + traffic + "), routes (definition ");
    }
  }

  @Test
  void saysWhichDatabaseDoesNotAnswer() {
    assertThatThrownBy(
            () ->
                SchemaCheck.check(
                    new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/weir", "weir", "secret"),
                    PIPELINE))
        .isInstanceOf(CommitLogException.class)
        .hasMessageStartingWith(
            "cannot check the tables in the database of weir at "
                + "jdbc:postgresql://127.0.0.1:1/weir: ")
        .hasMessageEndingWith("Check --database.url, --database.user and the password")
        .hasMessageNotContaining("secret");
  }
}
