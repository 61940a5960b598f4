package dev.weir.local.lifecycle;

import dev.weir.local.flink.AbandonedSnapshots;
import dev.weir.local.flink.CommitHead;
import dev.weir.local.flink.SpeedLayer;
import dev.weir.local.part.BatchRun;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.DirectoryLock;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import dev.weir.local.sql.ServingDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an earlier commit the head of the log again. The speed layer is stopped for it. */
public final class Rewind {
  private static final String EXISTS =
      "SELECT ?::bigint = 0 OR EXISTS (SELECT FROM weir.ledger WHERE commit = ?), h.commit FROM weir.head h";

  private final DataDirectory data;
  private final BatchRun batchLayer;
  private final Progress progress;

  public Rewind(DataDirectory data, BatchRun batchLayer, Progress progress) {
    this.data = data;
    this.batchLayer = batchLayer;
    this.progress = progress;
  }

  /**
   * Removes the commits after the given one and says what to do next.
   *
   * @param commit 0 for the empty log
   * @param options more of them for the batch layer's job
   * @return whether it was done
   */
  public boolean to(long commit, List<String> options) {
    Endpoints endpoints = data.endpointsOfParts();
    return DirectoryLock.holding(data, () -> locked(endpoints, commit, options));
  }

  private boolean locked(Endpoints endpoints, long commit, List<String> options) {
    refuseUnknown(endpoints, commit);
    AbandonedSnapshots removed = abandoned(endpoints, commit);
    if (removed.isEmpty()) {
      // What an earlier rewind left of checkpoints, weir up passes over.
      progress.say(
          (commit == 0 ? "The log is empty" : "Commit " + commit + " is the head")
              + " already; nothing was stopped or removed.");
      return true;
    }
    Optional<CommitHead> target = CommitHead.rewoundTo(endpoints, commit);
    if (target.isPresent() && !target.get().hasSnapshotBeside(removed, data)) {
      progress.say(
          "The checkpoint of commit "
              + commit
              + " is gone: after this rewind, "
              + data.command("up --take-over")
              + " goes on from that commit's Kafka offsets, and duplicates of earlier events are"
              + " found by the batch layer only.");
    }
    if (new PartRunner(data).isRunning(LocalParts.JOB_MANAGER)) {
      progress.doing("stopping the speed layer");
      new SpeedLayer(data, Installation.ofThisProcess(), endpoints).cancel();
      progress.erase();
    }
    AbandonedSnapshots abandoned = abandoned(endpoints, commit); // Now nothing can be added.
    List<String> arguments = new ArrayList<>(List.of("--commit", Long.toString(commit)));
    arguments.addAll(options);
    if (batchLayer.inForeground("rewind", arguments) != 0) {
      if (!isDone(endpoints, commit)) {
        progress.say(
            "Nothing was removed. The speed layer is stopped; "
                + data.command("up")
                + " starts it again where it was.");
        return false;
      }
      progress.say(
          "The commits are removed all the same: the run failed after that. The next run of the"
              + " batch layer deletes the files that this one did not.");
    }
    try {
      abandoned.delete(data);
    } catch (IOException e) {
      progress.say(
          "Not all checkpoints of the removed commits could be deleted ("
              + e
              + "). Should weir up start the job from one of them, it is refused: delete it then.");
    }
    progress.say(next(target));
    return true;
  }

  /** What to do next, now that this is the head. */
  private String next(Optional<CommitHead> head) {
    if (head.isEmpty()) {
      return "Next: "
          + data.command("up")
          + ". The job reads its sources again from the beginning.";
    }
    return head.get()
        .snapshot(data)
        .map(
            snapshot ->
                "Next: " + data.command("up") + ". The job continues from " + snapshot.path())
        .orElse(
            "Next: "
                + data.command("up --take-over")
                + ". The job continues from the Kafka offsets of commit "
                + head.get().commit()
                + ", whose checkpoint is gone.");
  }

  private void refuseUnknown(Endpoints endpoints, long commit) {
    try (Connection connection = ServingDatabase.connect(endpoints);
        PreparedStatement query = connection.prepareStatement(EXISTS)) {
      query.setLong(1, commit);
      query.setLong(2, commit);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new LocalRuntimeException(
              "Commit "
                  + commit
                  + " is not in the ledger, whose head is commit "
                  + row.getLong(2)
                  + ". Nothing was stopped or removed. The commits there are: "
                  + data.command(
                      "sql \"SELECT commit, checkpoint, committed_at FROM weir.ledger ORDER BY"
                          + " commit DESC\""));
        }
      }
    } catch (SQLException e) {
      throw new LocalRuntimeException("Cannot read the ledger: " + e.getMessage(), e);
    }
  }

  /**
   * Whether a run that failed had moved the head before: it may have lost its connection during the
   * commit, or have been killed after it. If the server is still at work on that, the head is
   * locked, and this waits for it.
   */
  private static boolean isDone(Endpoints endpoints, long commit) {
    try (Connection connection = ServingDatabase.connect(endpoints);
        Statement query = connection.createStatement()) {
      connection.setReadOnly(false); // or no lock can be asked for
      try (ResultSet row = query.executeQuery("SELECT commit FROM weir.head FOR SHARE")) {
        row.next();
        return row.getLong(1) == commit;
      }
    } catch (SQLException | LocalRuntimeException e) {
      throw new LocalRuntimeException(
          "Whether the commits are removed is not known, because the head cannot be read: "
              + e.getMessage()
              + " The speed layer is stopped. Once PostgreSQL answers, run weir rewind "
              + commit
              + " again: it goes on where this one ended.",
          e);
    }
  }

  private static AbandonedSnapshots abandoned(Endpoints endpoints, long commit) {
    try (Connection connection = ServingDatabase.connect(endpoints)) {
      return AbandonedSnapshots.after(connection, commit);
    } catch (SQLException e) {
      throw new LocalRuntimeException("Cannot read the ledger: " + e.getMessage(), e);
    }
  }
}
