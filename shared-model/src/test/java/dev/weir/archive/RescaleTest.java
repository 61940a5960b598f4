package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Numbers that were archived with other decimal places. */
class RescaleTest {
  @Test
  void keepsWhatFits() {
    assertThat(new Rescale("value", 4, 2).apply(-12_300)).isEqualTo(-123);
    assertThat(new Rescale("value", 2, 4).apply(Long.MAX_VALUE / 100))
        .isEqualTo(Long.MAX_VALUE / 100 * 100);
  }

  @Test
  void whatTheDeclarationCannotHoldIsToldSo() {
    for (Rescale rescale : new Rescale[] {new Rescale("value", 4, 2), new Rescale("value", 4, 6)}) {
      for (long value : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> rescale.apply(value))
            .isInstanceOf(UndeclaredScaleException.class)
            .hasMessageContaining("declare scale 4");
      }
    }
  }
}
