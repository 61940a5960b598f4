package dev.weir.benchmark.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  @BeforeEach
  void needsLinux() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")));
  }

  @Test
  void readsThisProcess() {
    long pid = ProcessHandle.current().pid();
    assertThat(ProcessUsage.cpuSeconds(pid)).isPositive();
    assertThat(ProcessUsage.cpuSecondsWithChildren(pid)).isPositive();
    assertThat(ProcessUsage.peakMemoryMebibytes(pid)).isGreaterThan(10);
    assertThat(ProcessUsage.anonymousMebibytesWithChildren(pid))
        .isBetween(10L, ProcessUsage.peakMemoryMebibytes(pid));
  }

  @Test
  void aProcessThatIsGoneHasUsedNothing() {
    assertThat(ProcessUsage.cpuSecondsWithChildren(Integer.MAX_VALUE)).isZero();
    assertThat(ProcessUsage.peakMemoryMebibytes(Integer.MAX_VALUE)).isZero();
    assertThat(ProcessUsage.anonymousMebibytesWithChildren(Integer.MAX_VALUE)).isZero();
  }
}
