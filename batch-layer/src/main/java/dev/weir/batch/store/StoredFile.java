package dev.weir.batch.store;

import java.time.Instant;

/**
 * A file that stands in the archive, whether anything lists it or not.
 *
 * @param path relative to the archive root
 * @param bytes long
 * @param modified when it was last written
 */
public record StoredFile(String path, long bytes, Instant modified) {}
