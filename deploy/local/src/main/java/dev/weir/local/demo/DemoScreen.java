package dev.weir.local.demo;

import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.Terminal;
import dev.weir.local.status.ServedFigures;
import dev.weir.local.status.StatusPrinter;
import java.util.Locale;

/** What the demo shows while it goes on: one line, and one for each run of the batch layer. */
final class DemoScreen {
  private static final int PLAIN_EVERY = 5;

  private final Progress progress;
  private long lastRun;
  private int calls;

  DemoScreen(Progress progress) {
    this.progress = progress;
  }

  void show(long sent, long served, ServedFigures log, boolean batchRunning) {
    log.checks()
        .lastRun()
        .filter(r -> r.version() != lastRun)
        .ifPresent(
            r -> {
              lastRun = r.version();
              progress.say("  batch layer: " + StatusPrinter.text(r));
            });
    String line =
        String.format(
            Locale.ROOT,
            "sent %,d | served %,d | commit %d, %s ago | late in recomputed hours %,d | dead"
                + " letters %,d%s",
            sent,
            served,
            log.commit(),
            log.commit() == 0 ? "-" : StatusPrinter.age(log.commitAgeSeconds()),
            log.sinceInRecomputed(),
            log.deadLettered(),
            batchRunning ? " | batch layer at work" : "");
    if (Terminal.isError()) {
      progress.doing(line);
    } else if (calls++ % PLAIN_EVERY == 0) {
      progress.say("  " + line);
    }
  }
}
