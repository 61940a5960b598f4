package dev.weir.batch.publish;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.HourPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The files' part in publishing: completes the manifest, makes the run's files the compacted ones
 * of their hours and lets go of those that are older than the ones before. Of a file let go of
 * nothing is left but a note to delete it, in the same transaction.
 */
final class PublishFiles {
  private static final String LIST = SqlFile.read(PublishFiles.class, "list-files");
  private static final String MOVED = SqlFile.read(PublishFiles.class, "compaction-moved");
  private static final String COMPACT = SqlFile.read(PublishFiles.class, "publish-compaction");
  private static final String SUPERSEDED = SqlFile.read(PublishFiles.class, "let-go-superseded");

  private final Connection connection;
  private final Publication publication;

  /**
   * @param connection in the publishing transaction
   */
  PublishFiles(Connection connection, Publication publication) {
    this.connection = connection;
    this.publication = publication;
  }

  /**
   * Does it all.
   *
   * @throws RunRefusedException if an hour was compacted meanwhile
   */
  void publish() throws SQLException, RunRefusedException {
    list();
    swap();
    LetGoOfFiles.announced(connection, publication.plan().version());
  }

  private void list() throws SQLException {
    List<ArchiveFile> files = publication.files();
    List<ArchiveFile.HourEntry> entries = files.stream().map(f -> f.hours().get(0)).toList();
    try (PreparedStatement list = connection.prepareStatement(LIST)) {
      list.setArray(
          1, connection.createArrayOf("text", files.stream().map(ArchiveFile::path).toArray()));
      setLongs(list, 2, files.stream().map(ArchiveFile::bytes).toArray());
      setLongs(list, 3, files.stream().map(ArchiveFile::rows).toArray());
      setHours(list, 4, entries.stream().mapToLong(ArchiveFile.HourEntry::hourMillis).toArray());
      setLongs(list, 5, entries.stream().map(ArchiveFile.HourEntry::hashSum).toArray());
      list.setLong(6, publication.plan().version());
      int listed = list.executeUpdate();
      if (listed != files.size()) {
        throw new IllegalStateException(
            files.size() + " files were written, but " + listed + " of them were announced");
      }
    }
  }

  private void swap() throws SQLException, RunRefusedException {
    List<HourPlan> hours = publication.compacted();
    long[] times = hours.stream().mapToLong(HourPlan::hourMillis).toArray();
    Object[] expected = hours.stream().map(HourPlan::expectedCompaction).toArray();
    try (PreparedStatement moved = connection.prepareStatement(MOVED);
        PreparedStatement compact = connection.prepareStatement(COMPACT);
        PreparedStatement superseded = connection.prepareStatement(SUPERSEDED)) {
      setHours(moved, 1, times);
      setLongs(moved, 2, expected);
      try (ResultSet row = moved.executeQuery()) {
        if (row.next()) {
          throw PublishVersion.moved(
              "the compaction of event hour ", UtcTime.millis(row, 1), row, 2);
        }
      }
      compact.setLong(1, publication.plan().through());
      setHours(compact, 2, times);
      compact.setLong(3, publication.plan().version());
      compact.executeUpdate();
      setHours(superseded, 1, times);
      setLongs(superseded, 2, expected);
      superseded.executeUpdate();
    }
  }

  private void setLongs(PreparedStatement statement, int index, Object[] values)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf("bigint", values));
  }

  private void setHours(PreparedStatement statement, int index, long[] hours) throws SQLException {
    statement.setArray(index, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
  }
}
