package dev.weir.benchmark.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmark.meter.Samples.Stretch;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples samples = new Samples();

  @Test
  void ratesAndCpuBetweenTwoNumbersOfEvents() {
    add(0, 0, 10);
    add(1, 0, 11);
    add(2, 200_000, 12);
    add(4, 900_000, 15.5);
    add(5, 1_000_000, 16);

    Stretch steady = samples.between(200_000, 900_000).orElseThrow();
    assertThat(steady.eventsPerSecond()).isEqualTo(350_000);
    assertThat(steady.cpuSecondsPerMillion(Sample::jobCpuSeconds)).isEqualTo(5);
    assertThat(steady.coresUsed()).isEqualTo(1.75);
    assertThat(samples.fromFirstEvent().seconds()).isEqualTo(4);
    assertThat(samples.whole().seconds()).isEqualTo(5);
  }

  @Test
  void aNumberBetweenTwoSamplesIsOnTheLineBetweenThem() {
    add(0, 0, 10);
    add(4, 400_000, 14);
    add(6, 600_000, 17);
    add(16, 1_000_000, 19);

    Stretch steady = samples.between(200_000, 900_000).orElseThrow();
    assertThat(steady.from()).isEqualTo(new Sample(2_000_000_000, 200_000, 12, 0, 0, 0));
    assertThat(steady.to()).isEqualTo(new Sample(13_500_000_000L, 900_000, 18.5, 0, 0, 0));
  }

  @Test
  void aDrainInOneStepHasNoSteadyPart() {
    add(0, 0, 0);
    add(1, 1_000_000, 5);

    assertThat(samples.between(200_000, 900_000)).isEmpty();
  }

  private void add(long seconds, long events, double jobCpuSeconds) {
    samples.add(new Sample(seconds * 1_000_000_000, events, jobCpuSeconds, 0, 0, 0));
  }
}
