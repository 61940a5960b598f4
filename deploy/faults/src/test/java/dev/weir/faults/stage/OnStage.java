package dev.weir.faults.stage;

import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class the one {@link Stage} that all such classes share. */
@Tag("fault")
@ExtendWith(OnStage.Shared.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStage {

  /** Started by the first test that needs it, ended after the last test of all. */
  final class Shared implements ParameterResolver, BeforeEachCallback {
    private static final long SEED = 20_261_121;
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(Shared.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return stage(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      stage(context).ready();
    }

    private static Stage stage(ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
          .computeIfAbsent(Stage.class, key -> Stage.start(folder(), SEED), Stage.class);
    }

    /** Kept afterwards, with its logs, until the next start. */
    private static Path folder() {
      Path folder = Path.of("target", "stage").toAbsolutePath();
      try {
        FolderTree.delete(folder);
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
