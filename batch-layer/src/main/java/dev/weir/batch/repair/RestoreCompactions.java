package dev.weir.batch.repair;

import dev.weir.archive.ArchivePaths;
import dev.weir.batch.audit.CompactionDamage;
import dev.weir.batch.audit.HourSum;
import dev.weir.batch.audit.HourTally;
import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.store.StoredFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists the files of an hour's compaction again, where they still hold together what was compacted.
 * Where they do not, the hour is left as it is: the compaction is then damaged, not its listing.
 */
final class RestoreCompactions {
  private final Connection connection;
  private final long version;
  private final ArchiveStore store;

  /**
   * @param version of the run, which must hold the fence
   */
  RestoreCompactions(Connection connection, long version, ArchiveStore store) {
    this.connection = connection;
    this.version = version;
    this.store = store;
  }

  /** Restores, and says what it did. */
  List<String> restore(List<CompactionDamage> damages)
      throws SQLException, IOException, RunRefusedException {
    List<String> done = new ArrayList<>();
    for (CompactionDamage damage : damages) {
      Map<StoredFile, HourSum> files = files(damage);
      HourSum all = files.values().stream().reduce(HourSum.NONE, HourSum::plus);
      if (all.equals(new HourSum(damage.rows(), damage.hashSum()))) {
        list(damage, files);
        done.add(
            "the compacted files of event hour "
                + Instant.ofEpochMilli(damage.hourMillis())
                + " are listed again as they were compacted");
      }
    }
    return done;
  }

  private Map<StoredFile, HourSum> files(CompactionDamage damage) throws IOException {
    // Where the first file of that version stands; the others stand beside it.
    String first = ArchivePaths.hours(damage.hourMillis(), damage.version(), 0);
    String folder = first.substring(0, first.lastIndexOf('/'));
    String ofVersion = folder + "/v" + damage.version() + "-";
    List<StoredFile> found = new ArrayList<>();
    store.each(
        folder,
        file -> {
          if (file.path().startsWith(ofVersion)) {
            found.add(file);
          }
        });
    Map<StoredFile, HourSum> sums =
        new TreeMap<>((left, right) -> left.path().compareTo(right.path()));
    for (StoredFile file : found) {
      try {
        Map<Long, HourSum> tally = HourTally.of(store.input(file.path()));
        sums.put(file, tally.getOrDefault(damage.hourMillis(), HourSum.NONE));
      } catch (IOException | RuntimeException e) {
        // Parquet reports damage with exceptions of all kinds: the sum will not be what it was.
        sums.put(file, HourSum.NONE);
      }
    }
    return sums;
  }

  private void list(CompactionDamage damage, Map<StoredFile, HourSum> files)
      throws SQLException, RunRefusedException {
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          var hour = UtcTime.ofMillis(damage.hourMillis());
          Statements.execute(
              connection,
              "unlist-compacted-files",
              hour,
              damage.version(),
              connection.createArrayOf(
                  "text", files.keySet().stream().map(StoredFile::path).toArray()));
          for (Map.Entry<StoredFile, HourSum> file : files.entrySet()) {
            HourSum sum = file.getValue();
            Statements.execute(
                connection,
                "list-compacted-file",
                file.getKey().path(),
                file.getKey().bytes(),
                sum.rows(),
                damage.version(),
                hour,
                sum.rows(),
                sum.hashSum());
          }
        });
  }
}
