package dev.weir.benchmark.freshness;

import dev.weir.benchmark.Report;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reader sees after an outage.
 *
 * @param resumedNanos when the command to resume the job was given
 * @param backlog records that waited then
 * @param rate records a second that still came in
 */
record CatchUp(long resumedNanos, long backlog, int rate) {

  /** Adds the figures: seconds count from the command to resume, the job's start included. */
  void report(Report report, Probes probes) {
    Optional<Long> moving = probes.firstSeenSince(resumedNanos);
    Optional<Long> live = probes.firstLiveSince(resumedNanos);
    Optional<Long> gone = probes.allLiveSince(resumedNanos);
    report.line("backlog when resumed, records", backlog);
    report.line("seconds until the preview moves (a probe of any age)", seconds(moving));
    report.line("seconds until the preview is live (a probe younger than 1 s)", seconds(live));
    report.line("seconds until the backlog is gone (the same in every partition)", seconds(gone));
    if (moving.isPresent() && gone.isPresent() && gone.get() > moving.get()) {
      report.line(
          "records/s from the first probe seen until the backlog is gone",
          drained(gone.get()) / ((gone.get() - moving.get()) / 1e9));
    }
  }

  /** Records read until a moment: the backlog, and what came in since. */
  private double drained(long nanos) {
    return backlog + rate * ((nanos - resumedNanos) / 1e9);
  }

  private String seconds(Optional<Long> nanos) {
    return nanos
        .map(at -> String.format(Locale.ROOT, "%.1f", (at - resumedNanos) / 1e9))
        .orElse("never");
  }
}
