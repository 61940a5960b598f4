/**
 * The declaration {@code pipeline.yaml}: what it says ({@link dev.weir.pipeline.Pipeline}) and how
 * it is read and refused ({@link dev.weir.pipeline.PipelineReader}). Everything both layers and the
 * serving application know about sources, fields and cubes comes from here.
 */
package dev.weir.pipeline;
