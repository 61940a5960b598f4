package dev.weir.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmark.BenchmarkFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void readsWhatG1Says() {
    assertThat(
            LiveHeap.used(
                """
                28179:
                 garbage-first heap   total 65536K, used 7537K [0x00000000fc000000, 0x0000000100000000)
                  region size 1024K, 5 young (5120K), 1 survivors (1024K)
                 Metaspace       used 8930K, committed 9088K, reserved 1114112K
                  class space    used 1062K, committed 1152K, reserved 1048576K
                """))
        .isEqualTo(7);
  }

  @Test
  void addsTheGenerationsOfOtherCollectors() {
    assertThat(
            LiveHeap.used(
                """
                28221:
                 def new generation   total 19648K, used 14431K [0x00000000fc000000, 0x00000000fd550000)
                  eden space 17472K,  82% used [0x00000000fc000000, 0x00000000fce17dc8, 0x00000000fd110000)
                 tenured generation   total 43712K, used 2048K [0x00000000fd550000, 0x0000000100000000)
                   the space 43712K,   0% used [0x00000000fd550000, 0x00000000fd550000)
                 Metaspace       used 8910K, committed 9088K, reserved 1114112K
                """))
        .isEqualTo(16);
  }

  @Test
  void refusesWhatTellsOfNoHeap() {
    assertThatThrownBy(() -> LiveHeap.used("28179: no such command"))
        .isInstanceOf(BenchmarkFailure.class)
        .hasMessageContaining("no such command");
  }

  @Test
  void countsObjectsButNotGarbage() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    long before = LiveHeap.mebibytes(pid);
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < 320; i++) {
      kept.add(new byte[100 << 10]); // too small for regions of their own
    }
    long with = LiveHeap.mebibytes(pid);
    assertThat(kept).hasSize(320);
    kept.clear();
    long after = LiveHeap.mebibytes(pid);
    assertThat(with - before).isBetween(24L, 64L);
    assertThat(with - after).isBetween(24L, 64L);
  }
}
