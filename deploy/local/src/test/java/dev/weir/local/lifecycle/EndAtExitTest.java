package dev.weir.local.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.StrayProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndAtExitTest {
  @TempDir Path folder;

  @Test
  void endsPartsAndCommandsOfItsDirectoryAlone() throws IOException, InterruptedException {
    DataDirectory data = DataDirectory.create(folder);
    DataDirectory other = DataDirectory.create(folder.resolve("other"));
    Process bystander = sleep(StrayProcesses.mark(other));
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> started = new ArrayList<>();
    try {
      started.add(process(owner.inputReader().readLine()));
      started.add(process(owner.inputReader().readLine()));
      assertThat(StrayProcesses.find(data, Set.of())).containsExactly(started.get(0));

      owner.destroy();
      assertThat(owner.waitFor(1, TimeUnit.MINUTES)).isTrue();
      started.forEach(p -> p.onExit().orTimeout(1, TimeUnit.MINUTES).join());
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      owner.destroyForcibly();
      bystander.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static ProcessHandle process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** A process with these arguments that does nothing. */
  private static Process sleep(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("sh", "-c", "while sleep 1; do :; done", "idle"));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words).start();
  }

  /** Starts a part and a command of the directory it is given, says their pids, and waits. */
  static final class Owner {
    public static void main(String[] arguments) throws IOException {
      DataDirectory data = new DataDirectory(Path.of(arguments[0]));
      var unused = EndAtExit.of(data, Progress.onStandardError());
      System.out.println(sleep(StrayProcesses.mark(data)).pid());
      System.out.println(sleep("up", "--data", arguments[0]).pid());
      System.in.read();
    }
  }
}
