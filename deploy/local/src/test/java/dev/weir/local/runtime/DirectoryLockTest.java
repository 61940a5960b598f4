package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path folder;

  @Test
  void refusesASecondCommand() {
    DataDirectory data = DataDirectory.create(folder);
    DirectoryLock.holding(
        data,
        () ->
            assertThatThrownBy(() -> DirectoryLock.holding(data, () -> 0))
                .isInstanceOf(LocalRuntimeException.class)
                .hasMessageContaining("Another weir command")
                .hasMessageContaining(folder.toString()));
    assertThat(DirectoryLock.<Integer>holding(data, () -> 7)).isEqualTo(7);
  }

  @Test
  void tellsWhetherAnotherProcessIsAtWork() throws IOException, InterruptedException {
    DataDirectory data = DataDirectory.create(folder);
    assertThat(DirectoryLock.isHeld(data)).isFalse();
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(command.inputReader().readLine()).isEqualTo("held");
      assertThat(DirectoryLock.isHeld(data)).isTrue();
    } finally {
      command.getOutputStream().close();
      command.waitFor();
    }
    assertThat(DirectoryLock.isHeld(data)).isFalse();
  }

  /** Another process: holds the lock until its input ends. */
  static final class Holder {
    public static void main(String[] arguments) {
      DirectoryLock.holding(
          DataDirectory.create(Path.of(arguments[0])),
          () -> {
            System.out.println("held");
            try {
              return System.in.read();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
