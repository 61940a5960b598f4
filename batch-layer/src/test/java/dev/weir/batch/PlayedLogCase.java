package dev.weir.batch;

import dev.weir.archive.ArchivedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a log of its own, empty at first, that a played speed layer extends. */
abstract class PlayedLogCase {
  static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path archive;
  final EventStream stream;

  /** What runs have said they are doing. */
  final List<String> steps = new ArrayList<>();

  BatchRunFixture fixture;
  SoundLog log;

  PlayedLogCase(long seed) {
    stream = new EventStream(seed);
  }

  @BeforeEach
  void open() {
    fixture = new BatchRunFixture(archive);
    fixture.onStep = steps::add;
    log = new SoundLog(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A commit of 100 events. */
  final void commit(Instant hour) throws Exception {
    fixture.speed.commit(stream.eventsOf(hour, 100));
  }

  final List<ArchivedEvent> committed() {
    return fixture.speed.archived();
  }

  /** The rows of a query, in PostgreSQL's row syntax. */
  final String text(String sql) {
    return log.text(sql);
  }

  /** All files of the archive, relative to it. */
  final List<String> files() throws IOException {
    try (Stream<Path> walked = Files.walk(archive)) {
      return walked
          .filter(Files::isRegularFile)
          .map(file -> archive.relativize(file).toString())
          .toList();
    }
  }

  /**
   * From now on whoever fires this trigger loses its database session.
   *
   * @param trigger what comes after its name
   */
  final void crashOn(String trigger) {
    fixture.database.execute(
        """
        CREATE FUNCTION public.crash() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN NULL;
        END $$""");
    fixture.database.execute(trigger + " EXECUTE FUNCTION public.crash()");
  }
}
