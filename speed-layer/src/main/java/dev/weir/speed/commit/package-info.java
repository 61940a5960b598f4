/**
 * The commit protocol: everything that belongs to one epoch reaches one operator, becomes one
 * committable in its checkpoint, and is applied by one PostgreSQL transaction that moves the head
 * of the commit log by compare-and-swap.
 *
 * <pre>
 * EpochPart ... EpochPart | barrier n        notify n
 *        |                      |                |
 *        v                      v                v
 *  EpochGatherer ----------> Committable ----> CommitLog: ledger, speed rows, manifest, head
 *                            (operator state)
 * </pre>
 */
package dev.weir.speed.commit;
