/** What a run has to do: which event hours, from which files, for which cubes, in which buckets. */
package dev.weir.batch.select;
