/**
 * The speed layer: a Flink job that counts events within a fraction of a second and archives them,
 * one commit per checkpoint. {@code SpeedLayerJob} starts it, {@code SpeedPipeline} is its
 * dataflow.
 */
package dev.weir.speed;
