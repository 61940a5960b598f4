package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinaryFieldsTest {
  private static final BigInteger BASE = BigInteger.valueOf(10_000);

  @Test
  void readsWholeNumbersOfAnySize() {
    for (String number :
        List.of(
            "0",
            "7",
            "-1",
            "9999",
            "10000",
            "-120000",
            "99999999",
            "9223372036854775807",
            "-9223372036854775808",
            "100000000000000000000",
            "170141183460469231731687303715884105727",
            "-170141183460469231731687303715884105728")) {
      BigInteger expected = new BigInteger(number);
      BinaryFields fields = new BinaryFields(numeric(expected));
      fields.numeric();
      assertThat(fields.low()).isEqualTo(expected.longValue());
      assertThat(fields.high()).isEqualTo(expected.shiftRight(64).longValue());
    }
  }

  @Test
  void refusesWhatIsNoWholeNumber() {
    byte[] half = ByteBuffer.allocate(14).putInt(10).putShort((short) 1).array();
    half[7] = -1; // The only digit stands behind the point.
    half[6] = -1;
    assertThatThrownBy(() -> new BinaryFields(half).numeric())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a row of a cube's table is not as declared");
  }

  @Test
  void refusesToReadBehindTheEnd() {
    byte[] cut = ByteBuffer.allocate(8).putInt(8).putInt(1).array();
    assertThatThrownBy(() -> new BinaryFields(cut).bigint())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of a cube's table is not as declared, at byte 4 of 8");
  }

  /** As numeric_send writes it: no zeros at the end. */
  private static byte[] numeric(BigInteger number) {
    Deque<Short> digits = new ArrayDeque<>();
    for (BigInteger rest = number.abs(); rest.signum() > 0; rest = rest.divide(BASE)) {
      digits.addFirst(rest.mod(BASE).shortValueExact());
    }
    int weight = Math.max(0, digits.size() - 1);
    while (!digits.isEmpty() && digits.peekLast() == 0) {
      digits.removeLast();
    }
    ByteBuffer bytes = ByteBuffer.allocate(12 + 2 * digits.size());
    bytes.putInt(8 + 2 * digits.size());
    bytes.putShort((short) digits.size()).putShort((short) weight);
    bytes.putShort((short) (number.signum() < 0 ? 0x4000 : 0)).putShort((short) 0);
    digits.forEach(bytes::putShort);
    return bytes.array();
  }
}
