package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares the aggregates of archived events with those the speed layer committed for the same
 * commits: per key and measure, exactly, sketches included.
 */
public final class CompareWithSpeed {
  private static final int NAMED_DIFFERENCES = 3;

  private CompareWithSpeed() {}

  /**
   * Compares.
   *
   * @param range the commits compared, for the message
   * @param archived what the archived events of those commits give
   * @param speed the sum of those commits' speed rows
   */
  public static Check of(
      CubeTables cube,
      long hourMillis,
      String range,
      Map<AggregateKey, MinuteAggregate> archived,
      Map<AggregateKey, MinuteAggregate> speed) {
    TreeSet<AggregateKey> keys = new TreeSet<>(Comparator.naturalOrder());
    keys.addAll(archived.keySet());
    keys.addAll(speed.keySet());
    List<String> named = new ArrayList<>();
    int differing = 0;
    for (AggregateKey key : keys) {
      MinuteAggregate left = archived.get(key);
      MinuteAggregate right = speed.get(key);
      if (left == null || !left.equals(right)) {
        differing++;
        if (named.size() < NAMED_DIFFERENCES) {
          named.add(describe(cube, key, left, right));
        }
      }
    }
    String subject = cube.cube().name();
    return differing == 0
        ? Check.agreed(CheckName.SPEED_EQUALS_ARCHIVE, hourMillis, subject, keys.size())
        : Check.differs(
            CheckName.SPEED_EQUALS_ARCHIVE,
            hourMillis,
            subject,
            keys.size(),
            differing
                + " of "
                + keys.size()
                + " keys differ in "
                + range
                + ": "
                + String.join("; ", named));
  }

  private static String describe(
      CubeTables cube, AggregateKey key, MinuteAggregate archived, MinuteAggregate speed) {
    String series = key.dimensions() + " at " + Instant.ofEpochMilli(key.minuteMillis()) + " has ";
    if (archived == null) {
      return series + speed.count() + " events in the speed view, none in the archive";
    }
    if (speed == null) {
      return series + archived.count() + " events in the archive, none in the speed view";
    }
    if (archived.count() != speed.count()) {
      return series
          + archived.count()
          + " events in the archive, "
          + speed.count()
          + " in the speed view";
    }
    List<String> measures = new ArrayList<>();
    for (int i = 0; i < cube.cube().layout().numbers().size(); i++) {
      if (!archived.number(i).equals(speed.number(i))) {
        measures.add("number " + cube.cube().layout().numbers().get(i).number());
      }
    }
    for (int i = 0; i < cube.cube().layout().distinctIdentifiers().size(); i++) {
      if (!archived.distinct(i).equals(speed.distinct(i))) {
        measures.add("distinct identifier " + cube.cube().layout().distinctIdentifiers().get(i));
      }
    }
    return series + "equal counts but another " + String.join(", ", measures);
  }
}
