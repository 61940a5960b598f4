/**
 * Recomputes event hours: aggregates each bucket's events with the aggregates the speed layer uses,
 * then merges an hour's buckets, checks them and writes the hour's rows.
 */
package dev.weir.batch.recompute;
