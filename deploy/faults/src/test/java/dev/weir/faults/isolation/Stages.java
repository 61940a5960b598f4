package dev.weir.faults.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two equal stages, one permutation on each at a time. Set up for the first test that asks, closed
 * when all tests of the process have ended.
 */
final class Stages implements AutoCloseable {
  private static final int NUMBER = 2;

  private final Path folder;
  private final BlockingQueue<Stage> free = new ArrayBlockingQueue<>(NUMBER);

  private Stages() {
    try {
      folder = Files.createTempDirectory("weir-isolation");
      BatchLayer batch = new BatchLayer();
      List<CompletableFuture<Stage>> setUps = new ArrayList<>();
      for (int number = 1; number <= NUMBER; number++) {
        Path own = Files.createDirectory(folder.resolve("stage-" + number));
        setUps.add(CompletableFuture.supplyAsync(() -> setUp(own, batch)));
      }
      setUps.forEach(stage -> free.add(stage.join()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the batch layer has no such entry point", e);
    }
  }

  private static Stage setUp(Path folder, BatchLayer batch) {
    try {
      return new Stage(folder, batch);
    } catch (Exception e) {
      throw new IllegalStateException("a stage could not be set up", e);
    }
  }

  /** Waits for a stage, which nobody else uses meanwhile. */
  <T> T use(Use<T> use) throws Exception {
    Stage stage = free.take();
    try {
      return use.of(stage);
    } finally {
      free.add(stage);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Stage stage : free) {
      stage.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What is done on a stage. */
  interface Use<T> {
    T of(Stage stage) throws Exception;
  }

  /** Gives the stages to tests. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stages.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Stages.class))
          .computeIfAbsent(Stages.class, key -> new Stages(), Stages.class);
    }
  }
}
