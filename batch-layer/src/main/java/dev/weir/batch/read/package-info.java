/**
 * Reads archive files once and routes the rows of the wanted event hours, packed into blocks of
 * bytes, to the buckets of those hours.
 */
package dev.weir.batch.read;
