package dev.weir.aggregate;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The golden vectors of {@code golden-sketches.tsv}: inputs and the answers that Java and SQL must
 * both give, for ever, because tables and archives hold sketches that older versions wrote.
 *
 * <p>Each line has a question, its input, an argument and the answer, separated by tabs. Bins are
 * written {@code bin:count,bin:count}, bytes as hexadecimal digits, and several inputs of a merge
 * are separated by a bar.
 */
public final class GoldenSketches {

  private GoldenSketches() {}

  /** What a line asks. */
  public enum Question {
    /** The scaled value of a bin. */
    BIN_VALUE,
    /** The percentile of bins at the fraction in the argument. */
    PERCENTILE,
    /** The bins that several bins merge to. */
    MERGE_BINS,
    /** The estimate of a distinct counter. */
    DISTINCT_COUNT,
    /** The counter that several counters merge to. */
    MERGE_DISTINCT
  }

  /** One line; an absent argument or answer is empty. */
  public record Vector(Question question, String input, String argument, String answer) {

    /** The inputs of a merge. */
    public List<String> inputs() {
      return List.of(input.split("\\|", -1));
    }

    String line() {
      return String.join("\t", question.name().toLowerCase(Locale.ROOT), input, argument, answer);
    }
  }

  /** All vectors, in the order of the file. */
  public static List<Vector> read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                GoldenSketches.class.getResourceAsStream("golden-sketches.tsv"),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(GoldenSketches::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the golden vectors cannot be read", e);
    }
  }

  private static Vector parse(String line) {
    String[] fields = line.split("\t", -1);
    return new Vector(
        Question.valueOf(fields[0].toUpperCase(Locale.ROOT)), fields[1], fields[2], fields[3]);
  }

  /** Bins from their text. */
  public static LogLinearBins bins(String text) {
    List<long[]> entries =
        Arrays.stream(text.split(","))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Arrays.stream(entry.split(":")).mapToLong(Long::parseLong).toArray())
            .toList();
    return LogLinearBins.of(
        entries.stream().mapToInt(entry -> Math.toIntExact(entry[0])).toArray(),
        entries.stream().mapToLong(entry -> entry[1]).toArray());
  }

  /** The text of bins. */
  public static String text(LogLinearBins bins) {
    int[] ids = bins.bins();
    long[] counts = bins.counts();
    return IntStream.range(0, ids.length)
        .mapToObj(i -> ids[i] + ":" + counts[i])
        .collect(joining(","));
  }
}
