package dev.weir.speed.commit;

import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Everything one epoch adds to the commit log, as it is kept in the checkpoint that ends the epoch.
 * Names and definitions are its own, so that it can be committed after the declaration has changed.
 *
 * @param uuid random; names the commit for ever and makes a replay recognisable
 * @param parent the commit this one follows; all zero for the first
 * @param attempt the claim it was prepared under
 * @param jobId the Flink job that prepared it
 * @param checkpoint the checkpoint that ends the epoch
 * @param minEventTime oldest event time counted, null when none was
 * @param maxEventTime newest event time counted, null when none was
 */
record Committable(
    UUID uuid,
    UUID parent,
    long attempt,
    String jobId,
    long checkpoint,
    Instant minEventTime,
    Instant maxEventTime,
    List<SourceTotals> sources,
    List<NextOffset> offsets,
    List<ReasonCount> deadLetters,
    List<SampledLetter> samples,
    List<FileWritten> files,
    List<CubeDeltas> deltas) {

  /** The parent of the first commit. */
  static final UUID NONE = new UUID(0, 0);

  Committable {
    sources = List.copyOf(sources);
    offsets = List.copyOf(offsets);
    deadLetters = List.copyOf(deadLetters);
    samples = List.copyOf(samples);
    files = List.copyOf(files);
    deltas = List.copyOf(deltas);
  }

  /** For messages: which epoch this is. */
  @Override
  public String toString() {
    return "the epoch of checkpoint " + checkpoint + " of job " + jobId + " (" + uuid + ")";
  }

  /** What became of a source's records: in = counted + duplicate + deadLettered + filtered. */
  record SourceTotals(
      String source, long in, long counted, long duplicate, long deadLettered, long filtered) {}

  /** Exact number of dead letters of a source and reason. */
  record ReasonCount(String source, String reason, long records) {}

  /** A dead letter to show; texts without NUL, bytes already cut and for reading only. */
  @SuppressWarnings("ArrayRecordComponent") // Bytes are handed through, never compared.
  record SampledLetter(
      String source,
      String topic,
      int partition,
      long offset,
      Instant recordTime,
      String reason,
      String detail,
      byte[] raw) {}

  /**
   * The epoch's rows of one cube definition.
   *
   * @param table the definition's own table
   * @param columns of the rows, the commit column, which stands before them, not included
   * @param days that the rows fall into, ascending
   * @param rows their number
   * @param data the rows, sorted by key
   */
  record CubeDeltas(
      String cube,
      String definitionHash,
      String table,
      List<String> columns,
      List<LocalDate> days,
      int rows,
      DeltaRows data) {
    CubeDeltas {
      columns = List.copyOf(columns);
      days = List.copyOf(days);
    }
  }
}
