package dev.weir.benchmark.soak;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.local.part.LocalParts;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the parts hold at a moment.
 *
 * @param records sent by then, probes aside
 * @param mebibytes by figure: {@code PART process} is the memory of the process and its children
 *     that is no file's, {@code /dev/shm} all files there, RocksDB's among them if there is room,
 *     {@code PART heap} what {@link LiveHeap} tells afterwards
 */
record MemoryUse(long seconds, long records, Map<String, Long> mebibytes) {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /**
   * Measures; then each JVM collects its garbage.
   *
   * @param seconds since the beginning
   * @param records sent by then, probes aside
   */
  static MemoryUse now(BenchmarkRuntime runtime, long seconds, long records)
      throws InterruptedException, IOException {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (String part : LocalParts.NAMES) {
      figures.put(
          part + " process", ProcessUsage.anonymousMebibytesWithChildren(runtime.pid(part)));
    }
    if (Files.isDirectory(SHARED_MEMORY)) {
      FileStore store = Files.getFileStore(SHARED_MEMORY);
      figures.put("/dev/shm", (store.getTotalSpace() - store.getUnallocatedSpace()) >> 20);
    }
    for (String part : LocalParts.NAMES) {
      if (!part.equals(LocalParts.POSTGRES)) {
        figures.put(part + " heap", LiveHeap.mebibytes(runtime.pid(part)));
      }
    }
    return new MemoryUse(seconds, records, figures);
  }

  /** The names of the columns, as a line of CSV. */
  String header() {
    return "seconds,records," + String.join(",", mebibytes.keySet()).replace(' ', '_');
  }

  /** A line of CSV. */
  String line() {
    List<String> values = mebibytes.values().stream().map(String::valueOf).toList();
    return seconds + "," + records + "," + String.join(",", values);
  }
}
