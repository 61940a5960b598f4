package dev.weir.benchmark.peer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PeerOrdersTest {
  @Test
  void readsWhatTheBenchmarkOrders() {
    PeerOrders orders =
        PeerOrders.of("database=jdbc:postgresql://h/d?user=u", "folder=/a b", "state=heap");
    assertThat(orders.database()).isEqualTo("jdbc:postgresql://h/d?user=u");
    assertThat(orders.folder()).isEqualTo(Path.of("/a b"));
    assertThat(orders.heapState()).isTrue();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> PeerOrders.of("kafka=k").topic())
        .hasMessage("this peer needs topic=...");
    assertThatThrownBy(() -> PeerOrders.of("--drain"))
        .hasMessage(
            "a peer's orders are name=value, as deploy/benchmarks/run gives them, not --drain");
  }
}
