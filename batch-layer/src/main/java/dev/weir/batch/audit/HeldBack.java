package dev.weir.batch.audit;

import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Event hours that a run must not publish, because commits that touch them are damaged in ledger or
 * manifest.
 *
 * @param damages of those commits
 * @param hours they touch, by the journal or by the manifest, epoch milliseconds
 */
public record HeldBack(List<LedgerDamage> damages, SortedSet<Long> hours) {

  /** Compares the commits in (after, through] with the journal. */
  public static HeldBack of(Connection connection, long after, long through) throws SQLException {
    List<LedgerDamage> damages = CompareWithJournal.of(connection, after, through);
    return new HeldBack(
        damages,
        damages.isEmpty()
            ? new TreeSet<>()
            : CompareWithJournal.hours(
                connection, damages.stream().map(LedgerDamage::commit).distinct().toList()));
  }

  /** Whether nothing is held back. */
  public boolean isEmpty() {
    return damages.isEmpty();
  }

  /** The damages with their places, and then each hour that is held back. */
  public List<Check> checks() {
    List<String> commits = damages.stream().map(d -> Long.toString(d.commit())).distinct().toList();
    boolean one = commits.size() == 1;
    String subject = (one ? "commit " : "commits ") + String.join(", ", commits);
    String detail =
        (one ? "is" : "are")
            + " not what the journal says; held back until 'weir repair' has restored "
            + (one ? "it" : "them");
    return Stream.concat(
            damages.stream().map(LedgerDamage::check),
            hours.stream().map(hour -> Check.differs(CheckName.LEDGER, hour, subject, 0, detail)))
        .toList();
  }

  /** Whether a check says only that an hour is held back, and not what is damaged. */
  public static boolean isOnlyHeldBack(Check check) {
    return check.name() == CheckName.LEDGER && check.hourMillis() != null && check.compared() == 0;
  }
}
