/**
 * Scheduled reports: what an operator declares in a file, made of the same answers as any export,
 * and delivered once for each time it is due.
 *
 * <p>{@link dev.weir.serving.report.ReportDesk} does what is due; {@link
 * dev.weir.serving.report.ReportRuns} knows what was done, for all processes that serve.
 */
package dev.weir.serving.report;
