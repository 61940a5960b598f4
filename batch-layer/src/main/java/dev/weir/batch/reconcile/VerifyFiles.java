package dev.weir.batch.reconcile;

import dev.weir.batch.read.FileTally;
import dev.weir.batch.select.CompactedInput;
import dev.weir.batch.select.HourInput;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.wording.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what was read of an event hour with what the archive manifest lists for it. */
public final class VerifyFiles {

  private static final String REPAIR =
      "; it is a compacted file, and made anew by weir repair or a run with --from-arrivals";

  private VerifyFiles() {}

  /** One check for all files if they agree; else one for each that does not. */
  public static List<Check> of(RunPlan plan, HourPlan hour, List<FileTally> tallies) {
    Map<Integer, FileTally> byFile = new HashMap<>();
    tallies.forEach(tally -> byFile.put(tally.file(), tally));
    List<Check> differences = new ArrayList<>();
    unlisted(plan, hour).ifPresent(differences::add);
    for (HourInput listed : hour.inputs()) {
      FileTally found = byFile.get(listed.file());
      String difference = difference(listed, found);
      if (difference != null) {
        boolean whole = found != null && found.undeclared();
        InputFile file = plan.files().get(listed.file());
        differences.add(
            Check.differs(
                CheckName.ARCHIVE_COMPLETE,
                hour.hourMillis(),
                file.path(),
                listed.rows(),
                whole || file.commit() > 0 ? difference : difference + REPAIR));
      }
    }
    return differences.isEmpty()
        ? List.of(
            Check.agreed(
                CheckName.ARCHIVE_COMPLETE,
                hour.hourMillis(),
                Counted.of(hour.inputs().size(), "file"),
                hour.rows()))
        : differences;
  }

  /** A line of the manifest that is gone takes a file of the compaction with it. */
  private static Optional<Check> unlisted(RunPlan plan, HourPlan hour) {
    CompactedInput published = hour.compacted();
    if (published == null) {
      return Optional.empty();
    }
    List<HourInput> listed =
        hour.inputs().stream()
            .filter(input -> plan.files().get(input.file()).commit() == 0)
            .toList();
    long rows = listed.stream().mapToLong(HourInput::rows).sum();
    long hashSum = listed.stream().mapToLong(HourInput::hashSum).sum();
    if (rows == published.rows() && hashSum == published.hashSum()) {
      return Optional.empty();
    }
    return Optional.of(
        Check.differs(
            CheckName.ARCHIVE_COMPLETE,
            hour.hourMillis(),
            "compaction of version " + published.version(),
            published.rows(),
            "was published with "
                + Counted.of(published.rows(), "row")
                + ", the manifest lists "
                + rows
                + " in "
                + Counted.of(listed.size(), "file")
                + (rows == published.rows() ? " with another hash sum" : "")
                + ": lines of the manifest are missing or were changed; run weir repair"));
  }

  private static String difference(HourInput listed, FileTally found) {
    if (found == null) {
      return "was not read";
    }
    if (found.failure() != null) {
      return (found.undeclared() ? "does not fit the declaration: " : "cannot be read: ")
          + found.failure();
    }
    if (found.rows() != listed.rows()) {
      return "holds "
          + Counted.of(found.rows(), "row")
          + " of this hour, the manifest lists "
          + listed.rows();
    }
    if (found.storedHash() != listed.hashSum()) {
      return "was altered: the hash sum of its rows is not the manifest's";
    }
    return null;
  }
}
