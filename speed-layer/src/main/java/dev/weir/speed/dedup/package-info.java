/**
 * Dropping duplicates: events of the same source, id and event hour as one seen within the horizon.
 *
 * <pre>
 * scope topic:      decode -> keyBy(shard of the duplicate key) -> DropDuplicates
 * scope partition:  decode -> DropPartitionDuplicates             (chained: the source is keyed)
 * </pre>
 *
 * <p>Both remember events in {@code DuplicateMemory}: fingerprints in dense arrays for looking up,
 * and chunks of new ones for the checkpoint, which keeps them as keyed state. They differ in whose
 * memory an event is looked up in: its shard's, or its partition's.
 */
package dev.weir.speed.dedup;
