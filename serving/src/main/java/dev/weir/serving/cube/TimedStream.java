package dev.weir.serving.cube;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes an answer for so long and then no more. A reader that is slow, but not so slow that the
 * server gives it up, would otherwise hold a connection and a place among the big answers for as
 * long as it likes.
 */
final class TimedStream extends OutputStream {
  /** What is written in one go, so that the time is looked at in between. */
  private static final int STEP = 8 * 1024;

  private final OutputStream out;
  private final Clock clock;
  private final Duration most;
  private final Instant end;

  TimedStream(OutputStream out, Clock clock, Duration most) {
    this.out = out;
    this.clock = clock;
    this.most = most;
    this.end = clock.instant().plus(most);
  }

  /** Whether it takes no more. */
  boolean over() {
    return !clock.instant().isBefore(end);
  }

  @Override
  public void write(int b) throws IOException {
    requireTime();
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += STEP) {
      requireTime();
      out.write(bytes, offset + done, Math.min(STEP, length - done));
    }
  }

  @Override
  public void flush() throws IOException {
    requireTime();
    out.flush();
  }

  private void requireTime() throws IOException {
    if (over()) {
      throw new IOException("the answer took longer than " + most.toMinutes() + " minutes");
    }
  }
}
