package dev.weir.benchmark.guard;

import dev.weir.benchmark.BenchmarkFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ratio of each stage when somebody last looked and agreed.
 *
 * @param ratios by the stage's name, in the order of the path
 */
public record Baseline(Map<String, Double> ratios) {
  /** A ratio may be this much worse. */
  public static final double TOLERANCE = 0.30;

  private static final String HEADER = "stage,ratio";

  /**
   * Reads a baseline.
   *
   * @param file lines of stage and ratio below one of titles
   * @throws BenchmarkFailure if the file is not of that form
   */
  public static Baseline read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new BenchmarkFailure(file + " does not begin with " + HEADER);
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      try {
        ratios.put(fields[0], Double.parseDouble(fields[1]));
      } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
        throw new BenchmarkFailure(file + ": '" + line + "' is not a stage and its ratio");
      }
    }
    return new Baseline(ratios);
  }

  /** The baseline that costs as measured would make. */
  public static Baseline of(Map<String, StageCost> measured) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    measured.forEach((stage, cost) -> ratios.put(stage, cost.ratio()));
    return new Baseline(ratios);
  }

  /** Writes it as {@link #read} reads it. */
  public void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    ratios.forEach(
        (stage, ratio) -> lines.add(String.format(Locale.ROOT, "%s,%.3f", stage, ratio)));
    Files.write(file, lines);
  }

  /**
   * The stages that are worse by more than the tolerance, or of which the baseline knows nothing.
   */
  public List<String> lost(Map<String, StageCost> measured) {
    List<String> lost = new ArrayList<>();
    measured.forEach(
        (stage, cost) -> {
          Double before = ratios.get(stage);
          if (before == null || cost.ratio() > before * (1 + TOLERANCE)) {
            lost.add(stage);
          }
        });
    return lost;
  }

  /** What was measured beside the baseline, a line for each stage. */
  public String table(Map<String, StageCost> measured) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "  %-16s %10s %12s %8s %10s %8s%n",
                "stage",
                "ns/event",
                "bytes/event",
                "ratio",
                "baseline",
                "change"));
    measured.forEach(
        (stage, cost) -> {
          Double before = ratios.get(stage);
          table.append(
              String.format(
                  Locale.ROOT,
                  "  %-16s %10.0f %12.0f %8.3f %10s %8s%n",
                  stage,
                  cost.nanos(),
                  cost.bytes(),
                  cost.ratio(),
                  before == null ? "none" : String.format(Locale.ROOT, "%.3f", before),
                  before == null
                      ? ""
                      : String.format(Locale.ROOT, "%+.1f %%", 100 * (cost.ratio() / before - 1))));
        });
    return table.toString();
  }
}
