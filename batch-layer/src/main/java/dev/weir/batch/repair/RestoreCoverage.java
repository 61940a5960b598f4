package dev.weir.batch.repair;

import dev.weir.batch.audit.CoverageDamage;
import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets right which version serves an event hour and what it has absorbed. */
final class RestoreCoverage {
  private final Connection connection;
  private final long version;

  /**
   * @param version of the run, which must hold the fence
   */
  RestoreCoverage(Connection connection, long version) {
    this.connection = connection;
    this.version = version;
  }

  /** Restores, and says what it did. */
  List<String> restore(List<CoverageDamage> damages) throws SQLException, RunRefusedException {
    if (damages.isEmpty()) {
      return List.of();
    }
    SortedSet<Long> hours = new TreeSet<>();
    damages.stream()
        .filter(damage -> damage.hourMillis() != null)
        .forEach(damage -> hours.add(damage.hourMillis()));
    List<String> done = new ArrayList<>();
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          for (long hour : hours) {
            OffsetDateTime at = UtcTime.ofMillis(hour);
            int changed = Statements.execute(connection, "restore-coverage", at, at, at);
            changed += Statements.execute(connection, "remove-coverage", at);
            changed += Statements.execute(connection, "restore-compacted-hour", at);
            if (changed > 0) {
              done.add(
                  "event hour " + Instant.ofEpochMilli(hour) + " is covered as its run left it");
            }
          }
          if (Statements.execute(connection, "restore-absorption") > 0) {
            done.add("the next run looks again for event hours that were left out");
          }
        });
    return done;
  }
}
