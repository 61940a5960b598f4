package dev.weir.batch.publish;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Publishes the event hours that passed, then tidies up. */
public final class PublishHours {
  private final Connection connection;
  private final RunPlan plan;
  private final ArchiveStore store;

  /**
   * @param connection the one that holds the run's lock
   */
  public PublishHours(Connection connection, RunPlan plan) {
    this.connection = connection;
    this.plan = plan;
    this.store = ArchiveStore.of(plan.archive());
  }

  /**
   * Publishes all hours that passed together; if none did, the run has failed.
   *
   * @param full whether the run was of all hours that changed, so that, if all passed, every hour
   *     has absorbed the plan's commits
   * @param heldBack how many hours were not even recomputed, because of damaged commits
   * @return what could not be tidied up; what was published is not affected
   */
  public List<String> publish(List<HourOutcome> outcomes, boolean full, int heldBack)
      throws SQLException, RunRefusedException {
    List<HourPlan> hours = new ArrayList<>();
    List<ArchiveFile> files = new ArrayList<>();
    for (HourOutcome outcome : outcomes) {
      if (outcome.passed()) {
        hours.add(plan.hours().get(outcome.hour()));
        files.addAll(outcome.compacted());
      }
    }
    int held = heldBack + plan.hours().size() - hours.size();
    FinishRun run =
        new FinishRun(
            hours.isEmpty() ? FinishRun.State.FAILED : FinishRun.State.PUBLISHED,
            hours.size(),
            outcomes.stream().mapToLong(HourOutcome::rows).sum(),
            outcomes.stream().mapToLong(HourOutcome::duplicates).sum(),
            held == 0 ? null : notPublished(held));
    Publication publication = new Publication(plan, hours, files);
    if (hours.isEmpty()) {
      run.record(connection, plan.version());
    } else {
      new PublishVersion(connection, publication).publish(full && held == 0, run);
    }
    return tidyUp(publication);
  }

  /** How a run is recorded that held hours back. */
  public static String notPublished(int hours) {
    return Counted.of(hours, "event hour")
        + (hours == 1 ? " was" : " were")
        + " not published, see weir.reconciliation";
  }

  private List<String> tidyUp(Publication publication) {
    List<String> warnings = new ArrayList<>();
    try {
      new DiscardVersion(connection).discard(plan.version());
      new DeleteSuperseded(connection, publication).rows();
      warnings.addAll(DeleteFiles.delete(connection, store));
    } catch (SQLException | RuntimeException e) {
      // Whatever it is: the version is published, and the run must not be taken for a failed one.
      warnings.add("superseded rows or files could not be deleted: " + e.getMessage());
    }
    return warnings;
  }
}
