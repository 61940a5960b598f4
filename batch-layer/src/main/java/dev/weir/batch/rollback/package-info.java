/** Serves earlier versions of event hours again: publishing backwards. */
package dev.weir.batch.rollback;
