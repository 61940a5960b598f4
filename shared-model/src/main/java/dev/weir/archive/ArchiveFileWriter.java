package dev.weir.archive;

import dev.weir.event.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.io.OutputFile;

/**
 * Writes one file of events and keeps its manifest entry: rows and hash sum per event hour.
 *
 * <p>The file is complete only after {@link #close()} returned; whether it then survives a power
 * failure is up to the given {@code OutputFile}, whose stream must sync when it is closed. Not
 * thread safe.
 */
public final class ArchiveFileWriter {
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final long HOUR_MILLIS = 3_600_000L;

  private final String path;
  private final ArchiveSchema schema;
  private final MeasuredOutputFile file;
  private final EventRows writer;
  private final TreeMap<Long, HourSums> hours = new TreeMap<>();
  private String[] sourceNames = new String[1];
  private long[] hashes = new long[1];
  private HourSums lastHour;
  private long rows;

  private ArchiveFileWriter(OutputFile file, String path, ArchiveKind kind, ArchiveSchema schema)
      throws IOException {
    this.path = path;
    this.schema = schema;
    this.file = new MeasuredOutputFile(file);
    this.writer = new EventRows(this.file, schema, kind, ParquetSettings.ROW_GROUP_BYTES);
  }

  /**
   * Creates a file.
   *
   * @param file where to write; creating it must fail if it exists
   * @param path the same place relative to the archive's root, for the manifest
   * @param kind {@code ARRIVALS} or {@code HOURS}
   */
  public static ArchiveFileWriter open(
      OutputFile file, String path, ArchiveKind kind, ArchiveSchema schema) throws IOException {
    return new ArchiveFileWriter(file, path, kind, schema);
  }

  /**
   * Appends events of the schema's pipeline, their commit not yet known: column by column, which
   * takes less time than each on its own.
   *
   * @param number of them; what stands behind in the array is of no meaning
   */
  public void write(Event[] events, int number) throws IOException {
    ensure(number);
    for (int i = 0; i < number; i++) {
      sourceNames[i] = schema.sources().get(events[i].source());
    }
    write(events, number, 0);
  }

  /** Appends an event of the schema's pipeline, its commit not yet known. */
  public void write(Event event) throws IOException {
    write(new Event[] {event}, 1);
  }

  /** Appends an event that knows its source's name and its commit. */
  public void write(ArchivedEvent event) throws IOException {
    sourceNames[0] = event.sourceName();
    write(new Event[] {event.event()}, 1, event.commit());
  }

  private void write(Event[] events, int number, long commit) throws IOException {
    writer.write(events, sourceNames, number, commit, hashes);
    for (int i = 0; i < number; i++) {
      count(hashes[i], events[i].hourMillis());
    }
  }

  /** Appends events that know their source's name and their commit, column by column. */
  public void write(EncodedEvents events) throws IOException {
    ensure(events.size());
    writer.write(events, hashes);
    for (int i = 0; i < events.size(); i++) {
      count(hashes[i], Math.floorDiv(events.timeMicros(i), HOUR_MICROS) * HOUR_MILLIS);
    }
  }

  private void ensure(int number) {
    if (number > hashes.length) {
      hashes = new long[number];
      sourceNames = new String[number];
    }
  }

  private void count(long rowHash, long hourMillis) {
    if (lastHour == null || lastHour.hourMillis != hourMillis) {
      lastHour = hours.computeIfAbsent(hourMillis, HourSums::new);
    }
    lastHour.rows++;
    lastHour.hashSum += rowHash;
    rows++;
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** Roughly how long the file would be if it were closed now. */
  public long estimatedBytes() throws IOException {
    return writer.bytes();
  }

  /** Completes the file and describes it for the manifest. */
  public ArchiveFile close() throws IOException {
    writer.close();
    List<ArchiveFile.HourEntry> entries = new ArrayList<>(hours.size());
    for (HourSums sums : hours.values()) {
      entries.add(new ArchiveFile.HourEntry(sums.hourMillis, sums.rows, sums.hashSum));
    }
    return new ArchiveFile(path, file.bytes(), rows, entries);
  }

  /** Gives the file up: releases it unfinished. Nothing lists it, so nobody reads it. */
  public void abandon() throws IOException {
    writer.abandon();
    file.closeStream();
  }

  private static final class HourSums {
    private final long hourMillis;
    private long rows;
    private long hashSum;

    HourSums(long hourMillis) {
      this.hourMillis = hourMillis;
    }
  }
}
