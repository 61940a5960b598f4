package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void tellsWhetherACommandIsAtWork() {
    DataDirectory data = DataDirectory.create(folder);
    assertThat(DirectoryLock.isHeld(data)).isFalse();
    assertThat(DirectoryLock.<Boolean>holding(data, () -> DirectoryLock.isHeld(data))).isTrue();
    assertThat(DirectoryLock.isHeld(data)).isFalse();
  }
}
