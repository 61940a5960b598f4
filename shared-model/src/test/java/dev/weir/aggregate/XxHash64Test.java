package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published vectors of XXH64 with seed 0, through every branch: whole stripes, words, a half word,
 * single bytes.
 */
class XxHash64Test {

  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "hello, 26c7827d889f6da3",
    "message digest, 066ed728fceeb3be",
    "abcdefghijklmnopqrstuvwxyz, cfe1f278fa89835c",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, aaa46907d3047814",
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890, e04a477f19ee145d"
  })
  void publishedVectors(String text, String hash) {
    assertThat(HyperLogLog.hash(text)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    byte[] inside = ("<<" + text + ">>").getBytes(StandardCharsets.UTF_8);
    assertThat(HyperLogLog.hash(inside, 2, inside.length - 4))
        .isEqualTo(Long.parseUnsignedLong(hash, 16));
  }
}
