package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Json;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What was chosen when it was started last. */
  public static ServingChoice ofLastStart(DataDirectory data) {
    return Json.read(file(data), ServingChoice.class).orElse(new ServingChoice(List.of()));
  }

  void remember(DataDirectory data) {
    Json.write(file(data), this);
  }

  public boolean none() {
    return options.isEmpty();
  }

  private static Path file(DataDirectory data) {
    return data.run().resolve("serving-choice.json");
  }

  @Override
  public String toString() {
    return String.join(" ", options);
  }
}
