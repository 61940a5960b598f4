package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompressedRowsTest {
  private static final long HOUR = 1_772_366_400_000L;

  @Test
  void givesBackWhatWasAppended() {
    CompressedRows rows = rows(5);
    byte[] portion = CompressedRows.next(ByteBuffer.wrap(rows.bytes()));
    assertThat(ByteBuffer.wrap(portion).getShort()).isEqualTo((short) 1);
    assertThat(portion).hasSize(5 * (Short.BYTES + Integer.BYTES + Long.BYTES));
    assertThat(rows.hours()).containsExactly("2026-03-01T12:00:00Z");
  }

  @Test
  void noRowsAreNoPortion() {
    assertThat(rows(0).bytes()).isEmpty();
    assertThat(rows(0).hours()).isEmpty();
  }

  /** One bit of a frame's head has no meaning. */
  @Test
  void anyByteThatWasAlteredIsNoticedUnlessTheRowsAreTheSame() {
    byte[] whole = rows(5).bytes();
    byte[] portion = CompressedRows.next(ByteBuffer.wrap(whole));
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      try {
        assertThat(CompressedRows.next(ByteBuffer.wrap(damaged))).isEqualTo(portion);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("restart the job from an earlier checkpoint");
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(whole.length - 1);
  }

  @Test
  void bytesThatAreMissingAreNoticed() {
    byte[] whole = rows(5).bytes();
    for (int length = 1; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length));
    }
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> CompressedRows.next(ByteBuffer.wrap(bytes)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restart the job from an earlier checkpoint");
  }

  private static CompressedRows rows(int number) {
    CompressedRows.Writer writer = new CompressedRows.Writer();
    for (int i = 0; i < number; i++) {
      writer.rows.row(1).bigint(7L * i);
      writer.added(HOUR);
    }
    return writer.finish();
  }
}
