package dev.weir.faults.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
  private final List<Fault> faults = Torture.faults();
  private final Set<String> kinds = faults.stream().map(Fault::kind).collect(Collectors.toSet());

  @Test
  void aRoundMeetsEveryKindOnce() {
    FaultSchedule schedule = new FaultSchedule(faults, 1);
    for (int round = 0; round < 5; round++) {
      List<String> met = new ArrayList<>();
      for (int i = 0; i < kinds.size(); i++) {
        met.add(schedule.next().kind());
      }
      assertThat(met).containsExactlyInAnyOrderElementsOf(kinds);
    }
  }

  @Test
  void enoughRoundsMeetEveryStep() {
    FaultSchedule schedule = new FaultSchedule(faults, 2);
    Set<String> met = new HashSet<>();
    for (int i = 0; i < kinds.size() * faults.size(); i++) {
      met.add(schedule.next().toString());
    }
    assertThat(met)
        .containsExactlyInAnyOrderElementsOf(faults.stream().map(Fault::toString).toList());
  }

  @Test
  void theSeedDecides() {
    assertThat(order(3)).isEqualTo(order(3)).isNotEqualTo(order(4));
  }

  private List<String> order(long seed) {
    FaultSchedule schedule = new FaultSchedule(faults, seed);
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      order.add(schedule.next().toString());
    }
    return order;
  }
}
