package dev.weir.faults.torture;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says what happens while it happens, and sums it up. */
final class TortureReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Clock clock;
  private final Map<String, Integer> survived = new TreeMap<>();
  private final Map<String, Duration> slowest = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private int faults;
  private final Set<String> notReached = new HashSet<>();

  TortureReport(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  void say(String line) {
    out.println(TIME.format(clock.instant()) + "  " + line);
    out.flush();
  }

  void strikes(Fault fault) {
    faults++;
    say(String.format(Locale.ROOT, "fault %3d  %s: %s", faults, fault.kind(), fault.step()));
  }

  void survived(Fault fault, String what, Duration healthyAfter) {
    survived.merge(fault.kind(), 1, Integer::sum);
    slowest.merge(fault.kind(), healthyAfter, (a, b) -> a.compareTo(b) > 0 ? a : b);
    say(
        String.format(
            Locale.ROOT, "           %s; healthy after %.1f s", what, seconds(healthyAfter)));
  }

  /** A moment that did not come may be chance; the same one twice is a fault that is none. */
  void notReached(Fault fault, String why) {
    say("           not struck: " + why);
    if (!notReached.add(fault.toString())) {
      differs(List.of("the moment never comes: " + fault));
    }
  }

  void differs(List<String> found) {
    differences.addAll(found);
    found.forEach(d -> say("DIFFERENCE  " + d));
  }

  Set<String> survivedKinds() {
    return survived.keySet();
  }

  boolean isClean() {
    return differences.isEmpty();
  }

  void sum(Duration length, long polls, long events, long commits, BatchRuns batches) {
    out.println();
    out.printf("%-32s %8s   %s%n", "kind of fault", "survived", "slowest recovery");
    survived.forEach(
        (kind, times) ->
            out.printf(
                Locale.ROOT, "%-32s %8d   %.1f s%n", kind, times, seconds(slowest.get(kind))));
    out.printf("%-32s %8d%n", "moments that did not come", notReached.size());
    out.printf("%-32s %8d%n", "events", events);
    out.printf("%-32s %8d%n", "commits", commits);
    out.printf("%-32s %8d%n", "batch runs published", batches.published());
    out.printf("%-32s %8d%n", "batch runs ended by a fault", batches.ended());
    out.printf("%-32s %8d%n", "polls by a reader", polls);
    out.printf("%-32s %8d%n", "differences", differences.size());
    out.printf(
        Locale.ROOT,
        "%s after %d faults in %d min %d s.%n",
        isClean() ? "Exact" : "NOT EXACT",
        faults,
        length.toMinutes(),
        length.toSecondsPart());
    out.flush();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
