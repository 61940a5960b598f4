/**
 * Mends what the audit found: ledger and manifest from the journal, event hours from the archive,
 * or, where the archive is not whole, from what is served and the speed rows. Touches nothing else.
 */
package dev.weir.batch.repair;
