package dev.weir.archive;

import java.io.Serializable;
import java.util.List;

/**
 * A closed archive file as the manifest lists it.
 *
 * @param path relative to the archive's root
 * @param bytes length of the file
 * @param rows all its rows
 * @param hours what it holds of each event hour, ascending; empty for dead letters
 */
public record ArchiveFile(String path, long bytes, long rows, List<HourEntry> hours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public ArchiveFile {
    hours = List.copyOf(hours);
  }

  /**
   * One event hour's share of a file.
   *
   * @param hourMillis start of the hour, epoch milliseconds
   * @param hashSum sum of the rows' {@link EventHash hashes} modulo 2^64
   */
  public record HourEntry(long hourMillis, long rows, long hashSum) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
