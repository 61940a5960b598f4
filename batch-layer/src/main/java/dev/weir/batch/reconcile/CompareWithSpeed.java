package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    List<AggregateKey> differing = new ArrayList<>();
    int keys = archived.size();
    for (Map.Entry<AggregateKey, MinuteAggregate> row : archived.entrySet()) {
      if (!row.getValue().equals(speed.get(row.getKey()))) {
        differing.add(row.getKey());
      }
    }
    for (AggregateKey key : speed.keySet()) {
      if (!archived.containsKey(key)) {
        differing.add(key);
        keys++;
      }
    }
    differing.sort(Comparator.naturalOrder());
    String named =
        differing.stream()
            .limit(NAMED_DIFFERENCES)
            .map(key -> describe(cube, key, archived.get(key), speed.get(key)))
            .collect(Collectors.joining("; "));
    String subject = cube.cube().name();
    return differing.isEmpty()
        ? Check.agreed(CheckName.SPEED_EQUALS_ARCHIVE, hourMillis, subject, keys)
        : Check.differs(
            CheckName.SPEED_EQUALS_ARCHIVE,
            hourMillis,
            subject,
            keys,
            differing.size() + " of " + keys + " keys differ in " + range + ": " + named);
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
