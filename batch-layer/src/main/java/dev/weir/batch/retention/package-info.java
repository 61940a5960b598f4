/** Deletes archived events that are older than declared, and seals the event hours they were of. */
package dev.weir.batch.retention;
