package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The options of the serving application that whoever starts it chose: scheduled reports, and what
 * {@code WEIR_SERVING_OPTIONS} holds. They are of one start; the next one names its own.
 *
 * @param options as they stand on its command line
 */
public record ServingChoice(List<String> options) {
  /** Environment variable with more options of the application, separated by spaces. */
  public static final String VARIABLE = "WEIR_SERVING_OPTIONS";

  public ServingChoice {
    options = List.copyOf(options);
  }

  /**
   * What is remembered of a start. Values may be secret, so they are not kept.
   *
   * @param names of the options
   * @param digest equal for equal options
   */
  public record Remembered(List<String> names, String digest) {
    public Remembered {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return names.isEmpty() ? "no options of their own" : String.join(", ", names);
    }
  }

  /** What is chosen now. */
  public static ServingChoice of(Optional<Path> reports) {
    List<String> options = new ArrayList<>();
    reports.ifPresent(file -> options.add("--reports=" + file));
    String more = System.getenv().getOrDefault(VARIABLE, "").strip();
    if (!more.isEmpty()) {
      options.addAll(List.of(more.split("\\s+", -1)));
    }
    return new ServingChoice(options);
  }

  /** What was chosen when the application was started last; empty if it is not known. */
  public static Optional<Remembered> ofLastStart(DataDirectory data) {
    return Json.read(file(data), Remembered.class);
  }

  /** What may be remembered of it. */
  public Remembered remembered() {
    List<String> names =
        options.stream()
            .filter(word -> word.startsWith("--"))
            .map(word -> word.split("=", 2)[0])
            .toList();
    return new Remembered(names, digest(String.join("\n", options)));
  }

  void remember(DataDirectory data) {
    Json.write(file(data), remembered());
  }

  private static Path file(DataDirectory data) {
    return data.run().resolve("serving-choice.json");
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
