/**
 * Where records come from: Kafka topics and watched directories, each as a Flink source of {@code
 * RawRecord}. Nothing is understood of a record here.
 */
package dev.weir.speed.source;
