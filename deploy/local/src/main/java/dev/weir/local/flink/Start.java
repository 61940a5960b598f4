package dev.weir.local.flink;

import java.util.ArrayList;
import java.util.List;

/**
 * How the speed layer's job is to be started.
 *
 * @param takeOver from the ledger's Kafka offsets, without state; else from the newest checkpoint
 *     or savepoint
 * @param skipLostRecords go on where Kafka does not have the next record any more
 */
public record Start(boolean takeOver, boolean skipLostRecords) {
  /** As it stopped. */
  public static final Start CONTINUE = new Start(false, false);

  /** The options of the job and of {@code weir up} that say so; none for {@link #CONTINUE}. */
  public List<String> options() {
    List<String> options = new ArrayList<>();
    if (takeOver) {
      options.add("--take-over");
    }
    if (skipLostRecords) {
      options.add("--skip-lost-records");
    }
    return options;
  }
}
