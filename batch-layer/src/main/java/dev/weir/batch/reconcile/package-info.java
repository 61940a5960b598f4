/**
 * The comparisons a run makes before it publishes: archive with manifest, archive with speed rows,
 * compacted files with their inputs, archive with the ledger's counters.
 */
package dev.weir.batch.reconcile;
