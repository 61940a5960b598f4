package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void remembersAFreePort() {
    int port = ports(1).choose("kafka");
    assertThat(ports(2).get("kafka")).isEqualTo(port);
    assertThat(ports(2).choose("kafka")).isEqualTo(port);
  }

  @Test
  void leavesAPortThatIsTaken() throws IOException {
    int port = ports(1).choose("kafka");
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ports(2).choose("kafka")).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void waitsForAPortWhoseHolderIsAboutToEnd() throws Exception {
    int port = ports(1).choose("kafka");
    CompletableFuture<Integer> chosen = new CompletableFuture<>();
    try (ServerSocket ending = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Ports patient =
          new Ports(DataDirectory.create(folder), new SplittableRandom(2), Duration.ofMinutes(1));
      Thread choosing = new Thread(() -> chosen.complete(patient.choose("kafka")));
      choosing.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> choosing.getState() == Thread.State.TIMED_WAITING);
      assertThat(Ports.isFree(ending.getLocalPort())).isFalse();
    }
    assertThat(chosen.get(2, TimeUnit.MINUTES)).isEqualTo(port);
  }

  @Test
  void givesNoPortTwice() {
    // The same random numbers for both: the second must notice.
    int first = ports(3).choose("kafka");
    assertThat(ports(3).choose("postgres")).isNotEqualTo(first);
  }

  private Ports ports(long seed) {
    return new Ports(DataDirectory.create(folder), new SplittableRandom(seed), Duration.ZERO);
  }
}
