package dev.weir.batch.publish;

import dev.weir.archive.ArchivePaths;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.select.HourPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lists the compacted files a run is going to write, before it writes the first. */
public final class AnnounceFiles {
  private static final String ANNOUNCE = SqlFile.read(AnnounceFiles.class, "announce-files");

  private AnnounceFiles() {}

  /** Announces one file for each bucket of the hours that are compacted. */
  public static void announce(Connection connection, long version, List<HourPlan> hours)
      throws SQLException {
    List<String> paths = new ArrayList<>();
    for (HourPlan hour : hours) {
      for (int bucket = 0; hour.compacts() && bucket < hour.buckets(); bucket++) {
        paths.add(ArchivePaths.hours(hour.hourMillis(), version, bucket));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ANNOUNCE)) {
      statement.setLong(1, version);
      statement.setArray(2, connection.createArrayOf("text", paths.toArray()));
      statement.executeUpdate();
    }
  }
}
