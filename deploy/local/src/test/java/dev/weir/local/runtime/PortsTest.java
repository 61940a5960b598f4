package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.SplittableRandom;
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
  void givesNoPortTwice() {
    // The same random numbers for both: the second must notice.
    int first = ports(3).choose("kafka");
    assertThat(ports(3).choose("postgres")).isNotEqualTo(first);
  }

  private Ports ports(long seed) {
    return new Ports(DataDirectory.create(folder), new SplittableRandom(seed));
  }
}
