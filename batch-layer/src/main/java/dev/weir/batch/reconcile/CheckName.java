package dev.weir.batch.reconcile;

/** The comparisons, by the names under which {@code weir.reconciliation} keeps them. */
public enum CheckName {
  /** Files hold the rows and hash sums that the manifest lists. */
  ARCHIVE_COMPLETE("archive-complete"),
  /** Archived events give the speed layer's aggregates, per key and measure. */
  SPEED_EQUALS_ARCHIVE("speed-equals-archive"),
  /** Hash of the compacted files = hash of the inputs - hash of the dropped duplicates. */
  COMPACTION("compaction"),
  /** As many events are archived as were counted. */
  CONSERVATION("conservation"),
  /** Ledger and manifest are what the journal noted of each commit, and each follows the last. */
  LEDGER("ledger"),
  /** Rows of the cubes are those that were written. */
  ROWS_UNALTERED("rows-unaltered"),
  /** A file in the archive that nothing lists, and so nothing reads. */
  UNLISTED_FILE("unlisted-file"),
  /** An event hour whose archive is gone: what commits add is folded into the served version. */
  SEALED("sealed");

  private final String stored;

  CheckName(String stored) {
    this.stored = stored;
  }

  /** The name in the database. */
  public String stored() {
    return stored;
  }
}
