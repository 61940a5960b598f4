package dev.weir.faults.isolation;

import dev.weir.db.TestDatabase;
import dev.weir.local.runtime.Installation;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.PlayedJob;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A database and an archive with some {@link History}, the same before every permutation. */
final class Stage implements AutoCloseable {
  private final TestDatabase database = TestDatabase.empty();
  private final Path folder;
  private final Path archive;
  private final Path declaration;
  private final History history;
  private final BatchLayer batch;
  private final Connection connection;
  private final PreparedStatement restore;
  private final PreparedStatement finalState;
  private final LockWatch locks;
  private final Observer observer;
  private final Set<Path> savedFiles = new TreeSet<>();
  private Path damaged;

  /**
   * Sets everything up: the serving layer migrates, the speed layer commits, the batch layer
   * publishes.
   *
   * @param folder empty
   */
  Stage(Path folder, BatchLayer batch) throws Exception {
    this.folder = folder;
    this.archive = Files.createDirectories(folder.resolve("archive"));
    this.declaration = resource(folder, "pipeline.yaml");
    this.batch = batch;
    Pipeline pipeline = PipelineReader.read(Files.readString(declaration));
    migrate();
    this.history = new History(new PlayedJob(pipeline, archive), pipeline);
    history.play(this);
    database.execute(text("save.sql"));
    save();
    this.connection = database.connect();
    this.restore = connection.prepareStatement("SELECT saved.restore()");
    this.finalState = connection.prepareStatement(text("final_state.sql"));
    this.locks = new LockWatch(database.dataSource());
    this.observer = new Observer(database, pipeline, history);
  }

  private void migrate() throws IOException, InterruptedException {
    Process migration =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Installation.ofThisProcess().servingJar().toString(),
                "migrate",
                "--pipeline",
                declaration.toString(),
                "--database.url",
                directUrl(),
                "--database.user",
                database.user())
            .redirectErrorStream(true)
            .start();
    String said = new String(migration.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (migration.waitFor() != 0) {
      throw new IllegalStateException("the migration failed:\n" + said);
    }
  }

  private void save() throws IOException {
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = archive.relativize(file);
        Path copy = folder.resolve("saved").resolve(path);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        savedFiles.add(path);
      }
    }
  }

  /** Puts everything back to the beginning. */
  void restore() throws SQLException, IOException {
    restore.execute();
    for (Path path : files()) {
      if (!savedFiles.contains(path)) {
        Files.delete(archive.resolve(path));
      }
    }
    for (Path path : savedFiles) {
      if (!Files.exists(archive.resolve(path))) {
        Files.createDirectories(archive.resolve(path).getParent());
        Files.copy(folder.resolve("saved").resolve(path), archive.resolve(path));
      }
    }
    damaged = null;
  }

  /** What is in the tables and in the archive now. */
  FinalState state() throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = finalState.executeQuery()) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    files().forEach(path -> lines.add("on disk: " + path));
    return new FinalState(lines);
  }

  /** Loses the compacted file of the busy hour; its arrivals are whole, and what is served, too. */
  void damage() throws IOException {
    damaged =
        savedFiles.stream()
            .filter(path -> path.toString().matches(history.busyCompaction()))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    Files.deleteIfExists(archive.resolve(damaged));
  }

  /** Lets the job end as it should, without its claim; what it still has on the way comes late. */
  void releaseClaim() {
    database.execute("UPDATE weir.head SET job_id = NULL");
  }

  /** Files in the archive, relative to its root. */
  List<Path> files() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> files = Files.walk(archive)) {
      files.filter(Files::isRegularFile).map(archive::relativize).sorted().forEach(paths::add);
    }
    return paths;
  }

  /** Whether a file is in the archive, or was lost on purpose. */
  boolean has(Path path) {
    return Files.exists(archive.resolve(path)) || path.equals(damaged);
  }

  History history() {
    return history;
  }

  BatchLayer batch() {
    return batch;
  }

  LockWatch locks() {
    return locks;
  }

  Observer observer() {
    return observer;
  }

  TestDatabase database() {
    return database;
  }

  /** The declaration's file, with lines added to it. */
  Path declarationWith(String name, String lines) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, Files.readString(declaration) + lines);
    return file;
  }

  Path declaration() {
    return declaration;
  }

  URI archive() {
    return archive.toUri();
  }

  int serverPort() {
    return URI.create(directUrl().substring("jdbc:".length())).getPort();
  }

  String databaseName() {
    return URI.create(directUrl().substring("jdbc:".length())).getPath().substring(1);
  }

  /** Past the proxies. */
  String directUrl() {
    String url = database.jdbcUrl();
    int settings = url.indexOf('?');
    return settings < 0 ? url : url.substring(0, settings);
  }

  DatabaseAddress address(String url) {
    return new DatabaseAddress(url, database.user(), "");
  }

  /** The text of a file beside this class. */
  static String text(String name) throws IOException {
    try (var in = Stage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path resource(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text(name));
    return file;
  }

  @Override
  public void close() throws SQLException {
    observer.close();
    locks.close();
    connection.close();
    database.close();
  }
}
