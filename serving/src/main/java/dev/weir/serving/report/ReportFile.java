package dev.weir.serving.report;

import java.nio.file.Path;

/**
 * A file of a report.
 *
 * @param name as it is delivered
 * @param content where it is until then
 */
record ReportFile(String name, String mediaType, Path content) {}
