/**
 * Dropping duplicates: events of the same source, id and event hour as one seen within the horizon.
 *
 * <pre>
 * scope topic:      decode -> keyBy(shard of the duplicate key) -> DropDuplicates
 * scope partition:  decode -> DropPartitionDuplicates             (chained, no exchange)
 * </pre>
 *
 * <p>Both remember events in {@code DuplicateMemory}: fingerprints in dense arrays for looking up,
 * and chunks of new ones for the checkpoint. They differ in whose memory an event is looked up in,
 * and in how that memory follows a rescaling: by key group, or by partition.
 */
package dev.weir.speed.dedup;
