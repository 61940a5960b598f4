package dev.weir.speed.commit;

import dev.weir.speed.commit.Committable.CubeDeltas;
import java.sql.PreparedStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the partitions that a commit's rows go to: before the commit, so that the head is not
 * locked meanwhile; an empty one does no harm.
 */
final class DayPartitions {
  private final DatabaseSession session;
  private final Set<TableDay> ensured = new HashSet<>();

  DayPartitions(DatabaseSession session) {
    this.session = session;
  }

  /** Makes those that this instance has not made yet, unless they exist. */
  void ensure(CubeDeltas deltas) throws CommitRefusedException, InterruptedException {
    List<TableDay> missing =
        deltas.days().stream()
            .map(day -> new TableDay(deltas.table(), day.toString()))
            .filter(day -> !ensured.contains(day))
            .toList();
    if (!missing.isEmpty()) {
      session.transaction(
          "create partitions of " + deltas.table() + " for " + missing.size() + " days",
          connection -> {
            try (PreparedStatement ensure = connection.prepareStatement(Statements.ENSURE_DAYS)) {
              ensure.setString(1, deltas.table());
              ensure.setArray(
                  2,
                  connection.createArrayOf("date", missing.stream().map(TableDay::day).toArray()));
              return ensure.execute();
            }
          });
      ensured.addAll(missing);
    }
  }

  private record TableDay(String table, String day) {}
}
