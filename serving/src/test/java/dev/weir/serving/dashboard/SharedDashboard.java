package dev.weir.serving.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives the tests of all classes the same dashboard, which is closed after the last of them.
 * Whoever changes more than the last minutes' events starts an own one.
 */
final class SharedDashboard implements ParameterResolver {
  private record Closing(Dashboard dashboard, Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      dashboard.close();
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Dashboard.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedDashboard.class))
        .computeIfAbsent(SharedDashboard.class, any -> started(), Closing.class)
        .dashboard();
  }

  private static Closing started() {
    try {
      Path folder = Files.createTempDirectory("weir-dashboard");
      return new Closing(new Dashboard(folder), folder);
    } catch (IOException e) {
      throw new IllegalStateException("the dashboard did not start", e);
    }
  }
}
