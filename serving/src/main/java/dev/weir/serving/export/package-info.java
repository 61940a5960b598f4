/**
 * Answers as files: CSV, Excel, PDF and Parquet, all written from the same stream of rows that the
 * JSON answer is made of.
 *
 * <p>{@link dev.weir.serving.export.Document} is what they have in common; {@link
 * dev.weir.serving.export.ExportFormat} opens one.
 */
package dev.weir.serving.export;
