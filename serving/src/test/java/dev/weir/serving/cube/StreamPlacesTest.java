package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
  private static final Caller ONE =
      new Caller(Caller.Kind.KEY, "aaaaaaaa", "one", Role.READER, null);
  private static final Caller OTHER =
      new Caller(Caller.Kind.KEY, "bbbbbbbb", "other", Role.READER, null);

  private final StreamPlaces places = new StreamPlaces(3);

  @Test
  void oneCallerLeavesAPlaceForOthers() {
    assertThat(places.take(ONE)).isTrue();
    assertThat(places.take(ONE)).isTrue();
    assertThat(places.take(ONE)).isFalse();
    assertThat(places.take(OTHER)).isTrue();
    assertThat(places.take(OTHER)).as("all are taken").isFalse();

    places.giveBack(ONE);
    assertThat(places.take(OTHER)).isTrue();
    assertThat(places.take(ONE)).isFalse();
  }

  @Test
  void allAreThereForWhoeverAsksWhileSecurityIsOff() {
    for (int i = 0; i < 3; i++) {
      assertThat(places.take(Caller.ANYONE)).isTrue();
    }
    assertThat(places.take(Caller.ANYONE)).isFalse();
  }
}
