package dev.weir.faults.isolation;

import dev.weir.local.runtime.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The batch layer's job as it is shipped, with the Spark it is shipped with, behind a class loader:
 * whatever else is on this test's class path is not seen by it. All runs share one Spark, which
 * lives as long as this process.
 */
final class BatchLayer {
  private final URLClassLoader loader;
  private final Method run;

  BatchLayer() throws IOException, ReflectiveOperationException {
    Installation installation = Installation.ofThisProcess();
    List<URL> jars = new ArrayList<>();
    jars.add(installation.batchLayerJob().toUri().toURL());
    try (DirectoryStream<Path> lib = Files.newDirectoryStream(installation.sparkLib(), "*.jar")) {
      for (Path jar : lib) {
        jars.add(jar.toUri().toURL());
      }
    }
    System.setProperty("spark.master", "local[2]");
    System.setProperty(
        "log4j2.configurationFile", BatchLayer.class.getResource("log4j2.properties").toString());
    loader =
        new URLClassLoader(
            "batch layer", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    run =
        loader
            .loadClass("dev.weir.batch.BatchLayerJob")
            .getMethod("run", String[].class, PrintStream.class, PrintStream.class);
  }

  /**
   * Runs a command, like {@code spark-submit} would.
   *
   * @param database address of the database
   * @param command with its options
   */
  Outcome run(Stage stage, Path declaration, String database, List<String> command)
      throws Exception {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--pipeline", declaration.toString()));
    arguments.addAll(List.of("--database.url", database));
    arguments.addAll(List.of("--database.user", stage.database().user()));
    arguments.addAll(List.of("--archive", stage.archive().toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    int code;
    try (PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = (int) run.invoke(null, arguments.toArray(String[]::new), said, complained);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      thread.setContextClassLoader(before);
    }
    String complaint = err.toString(StandardCharsets.UTF_8);
    String answer = out.toString(StandardCharsets.UTF_8);
    if (code > 1) {
      throw new IllegalStateException(
          "the command " + command + " was not understood: " + complaint);
    }
    return complaint.isEmpty()
        ? Outcome.done("exit code " + code + ": " + answer)
        : Outcome.refused(complaint.strip());
  }
}
