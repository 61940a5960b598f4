package dev.weir.serving.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** {@link GZIPInputStream} checks length and checksum of what it read. */
class JoinedGzipTest {
  private static final int TRIES = 300;
  private static final int LONGEST = 40_000;

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void isTheTextsOneAfterTheOther() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JoinedGzip out = new JoinedGzip(bytes);
      for (int part = random.nextInt(6); part > 0; part--) {
        byte[] text = text();
        expected.write(text);
        if (random.nextBoolean()) {
          out.write(text);
        } else {
          out.append(DeflatedText.of(text));
        }
      }
      out.close();
      out.close();

      ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
      assertThat(new GZIPInputStream(in).readAllBytes()).isEqualTo(expected.toByteArray());
      assertThat(in.available()).as("bytes after the end").isZero();
    }
  }

  @Test
  void partsAreTheirTextsWhereverTheyWere() {
    for (int i = 0; i < TRIES; i++) {
      byte[] text = text();
      DeflatedText whole = DeflatedText.of(text);
      ByteBuffer written = ByteBuffer.allocate(whole.size());
      whole.put(written);
      assertThat(written.remaining()).isZero();
      assertThat(DeflatedText.get(written.flip()).text()).isEqualTo(text);

      int from = random.nextInt(text.length + 1);
      int length = random.nextInt(text.length - from + 1);
      byte[] part = new byte[length];
      System.arraycopy(text, from, part, 0, length);
      assertThat(DeflatedText.of(text, from, length).text()).isEqualTo(part);
    }
  }

  @Test
  void saysWhenItIsNotWhatWasCompressed() {
    ByteBuffer cut = ByteBuffer.allocate(9).putInt(100).putInt(0).put((byte) 0).flip();

    assertThatThrownBy(() -> DeflatedText.get(cut).text())
        .isInstanceOf(IllegalStateException.class);
  }

  /** Now and then empty, hardly compressible or longer than all buffers. */
  private byte[] text() {
    byte[] text = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(LONGEST)];
    int letters = 1 + random.nextInt(256);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) random.nextInt(letters);
    }
    return text;
  }
}
