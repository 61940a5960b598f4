package dev.weir.batch.read;

import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.EventBatch;
import dev.weir.archive.EventBatchReader;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** The blocks of a task's files, made as Spark asks for them: a task holds those of one batch. */
final class RoutedRows implements Iterator<Tuple2<Integer, byte[]>> {
  private static final long HOUR_MILLIS = 3_600_000L;

  private final RunPlan plan;
  private final ArchiveSchema schema;
  private final ArchiveStore store;
  private final Iterator<List<InputFile>> groups;
  private final BatchRouter router;
  private final Deque<Tuple2<Integer, byte[]>> blocks = new ArrayDeque<>();

  private Iterator<InputFile> files = Collections.emptyIterator();
  private InputFile file;
  private EventBatchReader reader;
  private FileHours hours;
  private Tuple2<Integer, byte[]> next;

  RoutedRows(RunPlan plan, Iterator<List<InputFile>> groups) {
    this.plan = plan;
    this.schema = ArchiveSchema.of(plan.declaration().pipeline());
    this.store = ArchiveStore.of(plan.archive());
    this.groups = groups;
    this.router = new BatchRouter(plan);
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

  /** Reads one more batch, or opens the next file; false when there is nothing left. */
  private boolean advance() {
    if (file == null && !nextFile()) {
      return false;
    }
    try {
      if (reader == null) {
        reader = open();
      }
      EventBatch batch = reader.next();
      if (batch == null) {
        finish(null);
      } else {
        router.route(batch, file, hours, blocks);
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

  private EventBatchReader open() throws IOException {
    return EventBatchReader.open(
        store.input(file.path()), schema, hours.firstMillis(), hours.lastMillis() + HOUR_MILLIS);
  }

  private void finish(Exception failure) {
    for (FileHours.Tally tally : hours.tallies()) {
      FileTally found = tally.of(file.index(), failure);
      blocks.add(new Tuple2<>(tally.hour().firstBucket(), found.toBlock()));
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
}
