package dev.weir.local.flink;

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
}
