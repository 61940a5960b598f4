package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/** The serving application: it brings the database up to date, then serves API and dashboard. */
public final class ServingApplication implements Part {
  /** Environment variable with more options of the application, separated by spaces. */
  private static final String MORE_OPTIONS = "WEIR_SERVING_OPTIONS";

  private final DataDirectory data;
  private final Installation installation;
  private final String jdbcUrl;
  private final String user;
  private final int port;
  private final Optional<Path> reports;

  /**
   * @param reports declaration of scheduled reports
   */
  public ServingApplication(
      DataDirectory data,
      Installation installation,
      String jdbcUrl,
      String user,
      int port,
      Optional<Path> reports) {
    this.data = data;
    this.installation = installation;
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.port = port;
    this.reports = reports;
  }

  @Override
  public String name() {
    return LocalParts.SERVING;
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public ProcessBuilder prepare() {
    return new ProcessBuilder(
            new JavaCommand(data, 384)
                .option("-XX:+UseSerialGC")
                .option("-XX:TieredStopAtLevel=1")
                .option("-jar")
                .run(ownCopy().toString(), "serve")
                .run("--pipeline", data.pipeline().toString())
                .run("--database.url", jdbcUrl)
                .run("--database.user", user)
                .run("--server.port", Integer.toString(port))
                .run(reports.map(file -> "--reports=" + file).stream().toArray(String[]::new))
                .run(moreOptions())
                .words())
        .directory(data.folder(name()).toFile());
  }

  private static String[] moreOptions() {
    String text = System.getenv().getOrDefault(MORE_OPTIONS, "");
    return text.isBlank() ? new String[0] : text.strip().split("\\s+", -1);
  }

  /** A build writes over the jar, and a JVM does not survive that: it runs from a copy. */
  private Path ownCopy() {
    Path copy = data.folder(name()).resolve("weir-serving.jar");
    Path built = installation.servingJar();
    try {
      return Files.copy(built, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot copy " + built + " to " + copy + ": " + e, e);
    }
  }

  @Override
  public boolean isReady() {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(address() + "/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HttpClient.newHttpClient()
              .send(health, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          < 500;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
