package dev.weir.batch.audit;

import dev.weir.archive.ArchiveKind;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * A file of the archive with all that the manifest says of it.
 *
 * @param id in the manifest
 * @param path relative to the archive root
 * @param bytes long
 * @param rows in all event hours together
 * @param hours listed rows per event hour, epoch milliseconds, sealed ones left out
 */
@SuppressWarnings("NonApiType") // Sorted, and serialised as it is.
record ListedFile(
    long id, ArchiveKind kind, String path, long bytes, long rows, TreeMap<Long, HourSum> hours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Damage of all that is listed. */
  List<FileDamage> damagedEverywhere(String detail) {
    if (hours.isEmpty()) {
      return List.of(new FileDamage(id, kind, path, null, rows, detail));
    }
    return hours.entrySet().stream()
        .map(hour -> damaged(hour.getKey(), hour.getValue().rows(), detail))
        .toList();
  }

  /** Damage of one event hour. */
  FileDamage damaged(long hourMillis, long listed, String detail) {
    return new FileDamage(id, kind, path, hourMillis, listed, detail);
  }
}
