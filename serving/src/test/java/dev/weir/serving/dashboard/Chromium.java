package dev.weir.serving.dashboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the browser is, and how it is started: it talks to nobody but the server under test. */
public final class Chromium {
  public static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final String VARIABLE = "WEIR_CHROMIUM";

  private Chromium() {}

  /**
   * The browser's program.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path executable() {
    return Stream.of(
            Optional.ofNullable(System.getenv(VARIABLE)),
            Optional.of("/usr/bin/chromium"),
            Optional.of("/usr/bin/chromium-browser"),
            Optional.of("/usr/bin/google-chrome"),
            Optional.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))
        .flatMap(Optional::stream)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The dashboard's tests need Chromium. Install it (Debian: apt-get install chromium), or set "
                        + VARIABLE
                        + " to its program."));
  }
}
