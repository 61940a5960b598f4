package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
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
import java.time.Duration;

/** The serving application: it brings the database up to date, then serves API and dashboard. */
public final class ServingApplication implements Part {
  private final DataDirectory data;
  private final Installation installation;
  private final String jdbcUrl;
  private final String user;
  private final int port;
  private final ServingChoice choice;

  public ServingApplication(
      DataDirectory data,
      Installation installation,
      String jdbcUrl,
      String user,
      int port,
      ServingChoice choice) {
    this.data = data;
    this.installation = installation;
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.port = port;
    this.choice = choice;
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
    choice.remember(data);
    return new ProcessBuilder(
            new JavaCommand(data, 384)
                .option("-XX:+UseSerialGC")
                .compilingLate()
                .option("-jar")
                .run(ownCopy().toString(), "serve")
                .run("--pipeline", data.pipeline().toString())
                .run("--database.url", jdbcUrl)
                .run("--database.user", user)
                .run("--server.port", Integer.toString(port))
                .run(choice.options().toArray(String[]::new))
                .words())
        .directory(data.folder(name()).toFile());
  }

  /**
   * A build writes over the jars, and a JVM does not survive that: it runs from a copy. Not of the
   * one executable jar: to load classes out of jars within a jar takes a sixth of the CPU time of
   * the application's start.
   */
  private Path ownCopy() {
    Path built = installation.servingApplication();
    Path copy = data.folder(name()).resolve("application");
    try {
      FolderTree.delete(copy);
      FolderTree.copy(built, copy);
      // What releases before this one ran from.
      Files.deleteIfExists(data.folder(name()).resolve("weir-serving.jar"));
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot copy " + built + " to " + copy + ": " + e, e);
    }
    return copy.resolve(installation.servingJar().getFileName());
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
