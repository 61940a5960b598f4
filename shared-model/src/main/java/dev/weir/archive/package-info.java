/**
 * The Parquet archive: schema, paths, readers and writers of its files, and the hash sums by which
 * they are compared with the manifest.
 *
 * <p>Three kinds of files: {@code arrivals} (events in order of arrival, written by the speed
 * layer), {@code hours} (the events of one hour, compacted by the batch layer) and {@code
 * dead-letters}. Files are found through the manifest in PostgreSQL, never by listing a folder.
 */
package dev.weir.archive;
