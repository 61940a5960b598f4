package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimedStreamTest {
  private final Watch watch = new Watch();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  @Test
  void takesEverythingInTime() throws IOException {
    TimedStream out = new TimedStream(taken, watch, Duration.ofMinutes(10));
    byte[] bytes = new byte[100_000];
    bytes[99_999] = 7;
    out.write(1);
    out.write(bytes);
    watch.now = watch.now.plusSeconds(599);
    out.write(bytes, 99_998, 2);
    out.flush();

    assertThat(taken.size()).isEqualTo(100_003);
    assertThat(taken.toByteArray()).endsWith(0, 7).startsWith(1, 0);
    assertThat(out.over()).isFalse();
  }

  @Test
  void takesNothingLater() throws IOException {
    TimedStream out = new TimedStream(taken, watch, Duration.ofMinutes(10));
    out.write(1);
    watch.now = watch.now.plusSeconds(600);

    assertThat(out.over()).isTrue();
    assertThatThrownBy(() -> out.write(1))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer took longer than 10 minutes");
    assertThatThrownBy(() -> out.write(new byte[1])).isInstanceOf(IOException.class);
    assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
    assertThat(taken.size()).isEqualTo(1);
  }

  /** One large write may take as long as many small ones. */
  @Test
  void looksAtTheTimeWithinAWrite() {
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            taken.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            taken.write(bytes, offset, length);
            watch.now = watch.now.plusSeconds(300);
          }
        };
    TimedStream out = new TimedStream(slow, watch, Duration.ofMinutes(10));

    assertThatThrownBy(() -> out.write(new byte[1 << 20])).isInstanceOf(IOException.class);
    assertThat(taken.size()).isEqualTo(2 * 8 * 1024);
  }

  /** A clock that stands until it is set. */
  private static final class Watch extends Clock {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
