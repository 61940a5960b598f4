/** The drain by Spark Structured Streaming, and the batch query by Spark SQL's own functions. */
package dev.weir.benchmark.peer.spark;
