package dev.weir.batch.audit;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.store.StoredFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds files in the archive that nothing lists. Nothing reads them, so no number is wrong: epochs
 * that a crash cut off leave such files. Young ones may belong to an epoch not yet committed.
 */
final class FindUnlistedFiles {
  private static final String UNLISTED = SqlFile.read(FindUnlistedFiles.class, "unlisted");
  private static final String THIRD_LAST =
      SqlFile.read(FindUnlistedFiles.class, "third-last-commit");
  private static final Duration MAY_BE_OPEN = Duration.ofHours(1);
  private static final int ASKED_AT_ONCE = 1000;
  private static final int NAMED = 100;

  private final Connection connection;
  private final ArchiveStore store;
  private final Map<String, StoredFile> asked = new TreeMap<>();
  private final List<Check> found = new ArrayList<>();
  private long files;
  private long bytes;

  FindUnlistedFiles(Connection connection, ArchiveStore store) {
    this.connection = connection;
    this.store = store;
  }

  /** One note for each file, the first hundred, and one for all together if there are more. */
  List<Check> find(Instant now) throws SQLException, IOException {
    Instant settled = settled(now);
    List<SQLException> failures = new ArrayList<>(1);
    for (ArchiveKind kind : ArchiveKind.values()) {
      store.each(
          kind.manifestName(),
          file -> {
            if (file.modified().isBefore(settled)) {
              asked.put(file.path(), file);
            }
            if (asked.size() == ASKED_AT_ONCE && failures.isEmpty()) {
              try {
                ask();
              } catch (SQLException e) {
                failures.add(e);
              }
            }
          });
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    ask();
    if (files > NAMED) {
      found.add(
          new Check(
              CheckName.UNLISTED_FILE,
              null,
              files + " files",
              true,
              files,
              "of " + bytes + " bytes are listed by nothing in all"));
    }
    return found;
  }

  private Instant settled(Instant now) throws SQLException {
    Instant settled = now.minus(MAY_BE_OPEN);
    try (PreparedStatement statement = connection.prepareStatement(THIRD_LAST);
        ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        Instant third = row.getObject(1, OffsetDateTime.class).toInstant();
        return third.isBefore(settled) ? third : settled;
      }
    }
    return settled;
  }

  private void ask() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNLISTED)) {
      statement.setArray(1, connection.createArrayOf("text", asked.keySet().toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          StoredFile file = asked.get(row.getString(1));
          files++;
          bytes += file.bytes();
          if (files <= NAMED) {
            found.add(
                new Check(
                    CheckName.UNLISTED_FILE,
                    null,
                    file.path(),
                    true,
                    1,
                    "is listed by nothing, and nothing reads it: "
                        + file.bytes()
                        + " bytes, last written "
                        + file.modified()));
          }
        }
      }
    }
    asked.clear();
  }
}
