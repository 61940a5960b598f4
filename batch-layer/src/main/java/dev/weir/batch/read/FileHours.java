package dev.weir.batch.read;

import dev.weir.archive.UndeclaredScaleException;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.wording.Reason;
import java.util.Collection;
import java.util.TreeMap;

/** The event hours wanted from one file, with what was found of each so far. */
final class FileHours {
  private final TreeMap<Long, Tally> tallies = new TreeMap<>();
  private Tally last;

  FileHours(RunPlan plan, InputFile file) {
    for (int hour : file.hours()) {
      HourPlan wanted = plan.hours().get(hour);
      tallies.put(wanted.hourMillis(), new Tally(wanted));
    }
  }

  long firstMillis() {
    return tallies.firstKey();
  }

  long lastMillis() {
    return tallies.lastKey();
  }

  /** The tally of an hour, or null where the hour is not wanted. */
  Tally find(long hourMillis) {
    // Events come nearly in order: mostly it is the same hour again.
    if (last == null || last.hour.hourMillis() != hourMillis) {
      Tally found = tallies.get(hourMillis);
      if (found == null) {
        return null;
      }
      last = found;
    }
    return last;
  }

  Collection<Tally> tallies() {
    return tallies.values();
  }

  static final class Tally {
    private final HourPlan hour;
    private long rows;
    private long storedHash;
    private long rowHash;

    Tally(HourPlan hour) {
      this.hour = hour;
    }

    HourPlan hour() {
      return hour;
    }

    void add(long stored, long row) {
      rows++;
      storedHash += stored;
      rowHash += row;
    }

    /** What was found, the file read to its end or, with a failure, not. */
    FileTally of(int file, Exception failure) {
      return new FileTally(
          file,
          hour.index(),
          rows,
          storedHash,
          rowHash,
          failure == null ? null : Reason.of(failure),
          failure instanceof UndeclaredScaleException);
    }
  }
}
