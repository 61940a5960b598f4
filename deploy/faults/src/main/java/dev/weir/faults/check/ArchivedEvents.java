package dev.weir.faults.check;

import dev.weir.archive.ArchiveFileReader;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.oracle.SeededStream;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/**
 * The events in the archive, read file by file from what the manifest lists: each produced event
 * once among the arrivals, and once in what holds its hour now. Arrivals that were read are not
 * read again: a listed file never changes.
 */
final class ArchivedEvents {
  private final ArchiveSchema schema;
  private final Path root;
  private final SeededStream stream;
  private final Set<String> arrived = new HashSet<>();
  private long lastFile;
  private long lastDeadLetters;
  private final Set<String> deadLetters = new HashSet<>();

  ArchivedEvents(Pipeline pipeline, Path root, SeededStream stream) {
    this.schema = ArchiveSchema.of(pipeline);
    this.root = root;
    this.stream = stream;
  }

  void check(Connection connection, Differences differences) throws SQLException, IOException {
    try (PreparedStatement files = connection.prepareStatement(SqlText.of("files"))) {
      arrivals(files, differences);
      deadLetters(files, differences);
    }
    current(connection, differences);
  }

  private void arrivals(PreparedStatement files, Differences differences)
      throws SQLException, IOException {
    files.setString(1, "arrivals");
    files.setLong(2, lastFile);
    try (ResultSet file = files.executeQuery()) {
      while (file.next()) {
        lastFile = file.getLong("file_id");
        String path = file.getString("path");
        long rows = read(path, arrived, differences);
        differences.expect("the number of events in " + path, file.getLong("row_count"), rows);
      }
    }
    compare("arrivals", arrived, differences);
  }

  private void deadLetters(PreparedStatement files, Differences differences)
      throws SQLException, IOException {
    files.setString(1, "dead-letters");
    files.setLong(2, lastDeadLetters);
    try (ResultSet file = files.executeQuery()) {
      while (file.next()) {
        lastDeadLetters = file.getLong("file_id");
        try (ParquetReader<Group> letters = new DeadLetters(file(file.getString("path"))).build()) {
          for (Group letter = letters.read(); letter != null; letter = letters.read()) {
            String place =
                letter.getInteger(ArchiveSchema.PARTITION, 0)
                    + " "
                    + letter.getLong(ArchiveSchema.OFFSET, 0);
            if (!deadLetters.add(place)) {
              differences.add("the record at partition and offset " + place + " is archived twice");
            }
          }
        }
      }
    }
    differences.expect("archived dead letters", stream.malformed(), (long) deadLetters.size());
  }

  private void current(Connection connection, Differences differences)
      throws SQLException, IOException {
    Set<String> current = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet file = statement.executeQuery(SqlText.of("compacted_files"))) {
      while (file.next()) {
        String path = file.getString("path");
        long rows = read(path, file.getLong("hour_seconds") * 1000, current, differences);
        differences.expect(
            "the number of events of one hour in " + path, file.getLong("row_count"), rows);
      }
    }
    compare("hours", current, differences);
  }

  private void compare(String where, Set<String> ids, Differences differences) {
    if (!ids.equals(stream.ids())) {
      Set<String> missing = new HashSet<>(stream.ids());
      missing.removeAll(ids);
      Set<String> more = new HashSet<>(ids);
      more.removeAll(stream.ids());
      differences.add(
          "of the produced events "
              + missing.size()
              + " are not among the archive's "
              + where
              + " and "
              + more.size()
              + " there were not produced");
    }
  }

  /** Reads all events; returns how many. */
  private long read(String path, Set<String> ids, Differences differences) throws IOException {
    return read(path, ArchiveFileReader.open(file(path), schema), ids, differences);
  }

  /** Reads the events of one hour; returns how many. */
  private long read(String path, long hourMillis, Set<String> ids, Differences differences)
      throws IOException {
    long end = hourMillis + Duration.ofHours(1).toMillis();
    return read(
        path, ArchiveFileReader.open(file(path), schema, hourMillis, end), ids, differences);
  }

  private static long read(
      String path, ArchiveFileReader events, Set<String> ids, Differences differences)
      throws IOException {
    long rows = 0;
    try (ArchiveFileReader reader = events) {
      for (ArchivedEvent event = reader.read(); event != null; event = reader.read()) {
        rows++;
        if (!ids.add(event.event().id())) {
          differences.add("event " + event.event().id() + " is archived twice, in " + path);
        }
      }
    }
    return rows;
  }

  private LocalInputFile file(String path) {
    return new LocalInputFile(root.resolve(path));
  }

  private static final class DeadLetters extends ParquetReader.Builder<Group> {
    DeadLetters(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
