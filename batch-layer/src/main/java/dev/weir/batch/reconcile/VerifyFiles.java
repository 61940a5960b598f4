package dev.weir.batch.reconcile;

import dev.weir.batch.read.FileTally;
import dev.weir.batch.select.HourInput;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what was read of an event hour with what the archive manifest lists for it. */
public final class VerifyFiles {

  private static final String REPAIR =
      "; it is a compacted file, and made anew by a run with --from-arrivals";

  private VerifyFiles() {}

  /** One check for all files if they agree; else one for each that does not. */
  public static List<Check> of(RunPlan plan, HourPlan hour, List<FileTally> tallies) {
    Map<Integer, FileTally> byFile = new HashMap<>();
    tallies.forEach(tally -> byFile.put(tally.file(), tally));
    List<Check> differences = new ArrayList<>();
    for (HourInput listed : hour.inputs()) {
      String difference = difference(listed, byFile.get(listed.file()));
      if (difference != null) {
        InputFile file = plan.files().get(listed.file());
        differences.add(
            Check.differs(
                CheckName.ARCHIVE_COMPLETE,
                hour.hourMillis(),
                file.path(),
                listed.rows(),
                file.commit() > 0 ? difference : difference + REPAIR));
      }
    }
    return differences.isEmpty()
        ? List.of(
            Check.agreed(
                CheckName.ARCHIVE_COMPLETE,
                hour.hourMillis(),
                hour.inputs().size() + " files",
                hour.rows()))
        : differences;
  }

  private static String difference(HourInput listed, FileTally found) {
    if (found == null) {
      return "was not read";
    }
    if (found.failure() != null) {
      return "cannot be read: " + found.failure();
    }
    if (found.rows() != listed.rows()) {
      return "holds " + found.rows() + " rows of this hour, the manifest lists " + listed.rows();
    }
    if (found.storedHash() != listed.hashSum()) {
      return "was altered: the hash sum of its rows is not the manifest's";
    }
    return null;
  }
}
