package dev.weir.faults.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The declaration that fault tests run. */
public final class Pipelines {
  private Pipelines() {}

  /** The clicks of the sample pipeline in two cubes. */
  public static String clicks(Duration commit) {
    try (InputStream yaml = Pipelines.class.getResourceAsStream("pipeline.yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@COMMIT@", commit.toSeconds() + "s");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
