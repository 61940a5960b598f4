/**
 * The audit: finds every damage of archive, ledger, manifest and tables, and names its place. It
 * compares what is there with what was noted when it was written, and changes nothing.
 */
package dev.weir.batch.audit;
