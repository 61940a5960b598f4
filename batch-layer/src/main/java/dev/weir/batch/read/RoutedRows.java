package dev.weir.batch.read;

import dev.weir.archive.ArchiveFileReader;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.archive.DuplicateKey;
import dev.weir.archive.EventHash;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** The blocks of a task's files, made as Spark asks for them: a task holds only its open blocks. */
final class RoutedRows implements Iterator<Tuple2<Integer, byte[]>> {
  private static final long HOUR_MILLIS = 3_600_000L;

  private final RunPlan plan;
  private final ArchiveSchema schema;
  private final ArchiveStore store;
  private final Iterator<List<InputFile>> groups;
  private final BlockPacker blocks;
  private final EventHash hash;
  private final RowPacker row = new RowPacker();
  private final DuplicateKey duplicateKey = new DuplicateKey();

  private Iterator<InputFile> files = Collections.emptyIterator();
  private InputFile file;
  private ArchiveFileReader reader;
  private FileHours hours;
  private boolean flushed;
  private Tuple2<Integer, byte[]> next;

  RoutedRows(RunPlan plan, Iterator<List<InputFile>> groups) {
    this.plan = plan;
    this.schema = ArchiveSchema.of(plan.declaration().pipeline());
    this.hash = new EventHash(schema);
    this.store = ArchiveStore.of(plan.archive());
    this.groups = groups;
    this.blocks = new BlockPacker(plan.hourOfBucket().length);
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      next = blocks.poll();
      if (next == null && !advance()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all files were read");
    }
    Tuple2<Integer, byte[]> result = next;
    next = null;
    return result;
  }

  /** Reads one more row, or opens the next file; false when there is nothing left. */
  private boolean advance() {
    if (file == null && !nextFile()) {
      if (flushed) {
        return false;
      }
      blocks.flush();
      flushed = true;
      return true;
    }
    try {
      if (reader == null) {
        reader = open();
      }
      ArchivedEvent event = reader.read();
      if (event == null) {
        finish(null);
      } else {
        route(event);
      }
    } catch (IOException | RuntimeException e) {
      // Parquet reports damage with exceptions of all kinds; whatever it is, the file is no good.
      finish(e);
    }
    return true;
  }

  private boolean nextFile() {
    while (!files.hasNext()) {
      if (!groups.hasNext()) {
        return false;
      }
      files = groups.next().iterator();
    }
    file = files.next();
    hours = new FileHours(plan, file);
    return true;
  }

  private ArchiveFileReader open() throws IOException {
    return ArchiveFileReader.open(
        store.input(file.path()), schema, hours.firstMillis(), hours.lastMillis() + HOUR_MILLIS);
  }

  private void route(ArchivedEvent read) {
    ArchivedEvent event = file.commit() == 0 ? read : read.ofCommit(file.commit());
    long hourMillis = event.event().hourMillis();
    FileHours.Tally tally = hours.find(hourMillis);
    if (tally == null) {
      return;
    }
    long rowHash = hash.of(event.event(), event.sourceName());
    tally.add(event.storedHash(), rowHash);
    String id = event.event().id();
    long key = id == null ? rowHash : duplicateKey.set(event.sourceName(), id, hourMillis).high();
    row.pack(event, rowHash, key);
    HourPlan hour = tally.hour();
    int bucket = hour.firstBucket() + (int) Long.remainderUnsigned(key, hour.buckets());
    blocks.addRow(bucket, row.bytes(), row.length());
  }

  private void finish(Exception failure) {
    for (FileHours.Tally tally : hours.tallies()) {
      blocks.addTally(
          tally.hour().firstBucket(),
          tally.of(file.index(), failure == null ? null : reason(failure)));
    }
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      if (failure == null) {
        throw new UncheckedIOException("cannot close " + file.path(), e);
      }
      failure.addSuppressed(e);
    }
    reader = null;
    file = null;
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
