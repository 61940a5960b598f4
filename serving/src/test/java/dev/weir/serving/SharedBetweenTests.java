package dev.weir.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives the tests of all classes the same running thing as a parameter; it is closed after the last
 * of them.
 *
 * @param <S> what is shared
 */
public abstract class SharedBetweenTests<S> implements ParameterResolver {
  private final Class<S> type;
  private final Start<S> start;
  private final Consumer<S> close;

  /**
   * How what is shared is started.
   *
   * @param <S> what is shared
   */
  protected interface Start<S> {
    /**
     * Starts it.
     *
     * @param folder of its own, empty; deleted after it was closed
     */
    S in(Path folder) throws Exception;
  }

  private record Closing<S>(S shared, Consumer<S> end, Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      end.accept(shared);
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  protected SharedBetweenTests(Class<S> type, Start<S> start, Consumer<S> close) {
    this.type = type;
    this.start = start;
    this.close = close;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedBetweenTests.class))
        .computeIfAbsent(type, any -> started(), Closing.class)
        .shared();
  }

  private Closing<S> started() {
    try {
      Path folder = Files.createTempDirectory("weir-" + type.getSimpleName());
      return new Closing<>(start.in(folder), close, folder);
    } catch (Exception e) {
      throw new IllegalStateException(type.getSimpleName() + " did not start", e);
    }
  }
}
