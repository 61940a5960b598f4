package dev.weir.benchmark.growth;

import dev.weir.benchmark.BenchmarkFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The measured points of one axis, in a file that keeps those which are not measured again. */
final class Figures {
  private static final int COLUMNS = 7;

  private final Path file;
  private final String header;
  private final TreeMap<Long, Point> points = new TreeMap<>();

  /**
   * What a drain cost.
   *
   * @param x how much there was of what grows
   * @param recordsPerSecond between 20 and 90 % of the records, as are all rates
   * @param jobCpuSeconds a million records, TaskManager and JobManager together
   * @param databaseCpuSeconds a million records
   * @param othersCores used by anything else: near 0, or the point says little
   */
  record Point(
      long x,
      long records,
      double recordsPerSecond,
      double jobCpuSeconds,
      double databaseCpuSeconds,
      double othersCores,
      Instant measuredAt) {
    double cpuSeconds() {
      return jobCpuSeconds + databaseCpuSeconds;
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "%d,%d,%.0f,%.3f,%.3f,%.3f,%s",
          x,
          records,
          recordsPerSecond,
          jobCpuSeconds,
          databaseCpuSeconds,
          othersCores,
          measuredAt);
    }
  }

  private Figures(Path file, String header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads what was measured before; a missing file holds nothing.
   *
   * @throws BenchmarkFailure if the file is not what {@link #write} writes
   */
  static Figures read(Path folder, Axis axis) throws IOException {
    Figures figures =
        new Figures(
            folder.resolve(axis.fileName() + ".csv"),
            axis.name().toLowerCase(Locale.ROOT)
                + ",records,records_per_s,job_cpu_s_per_million,postgres_cpu_s_per_million,cores_used_by_others,measured_at");
    if (Files.exists(figures.file)) {
      List<String> lines = Files.readAllLines(figures.file);
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        figures.put(point(line, figures.file));
      }
    }
    return figures;
  }

  private static Point point(String line, Path file) {
    String[] fields = line.split(",", -1);
    if (fields.length != COLUMNS) {
      throw new BenchmarkFailure(file + ": '" + line + "' does not have " + COLUMNS + " fields");
    }
    return new Point(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Instant.parse(fields[6]));
  }

  /** Takes a point in, instead of an older one at the same place. */
  void put(Point point) {
    points.put(point.x(), point);
  }

  /** By what grows, smallest first. */
  List<Point> points() {
    return List.copyOf(points.values());
  }

  void write() throws IOException {
    Files.createDirectories(file.getParent());
    List<String> lines = new ArrayList<>(List.of(header));
    points.values().forEach(point -> lines.add(point.line()));
    Files.write(file, lines);
  }
}
