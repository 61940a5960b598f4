/**
 * The drain as Flink's tutorials would write it: Jackson, a keyed filter with state per event id, a
 * tumbling window, a file sink.
 */
package dev.weir.benchmark.peer.flink;
