/**
 * Drops duplicates exactly and writes an hour's events, in order of event time, to compacted files.
 */
package dev.weir.batch.compact;
