/** Writing events and dead letters to the Parquet archive, one file per subtask and epoch. */
package dev.weir.speed.archive;
