/**
 * The archive's file system: reading, writing durably and deleting files by their manifest path.
 */
package dev.weir.batch.store;
