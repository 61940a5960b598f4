package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.hadoop.thirdparty.com.google.common.hash.Hashing;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void wordsGiveTheSpecifiedMurmur3() {
    SplittableRandom random = new SplittableRandom(7);
    Fingerprint fingerprint = new Fingerprint();
    for (int length = 0; length < 40; length++) {
      ByteBuffer bytes = ByteBuffer.allocate(length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      fingerprint.start();
      for (int i = 0; i < length; i++) {
        long word = random.nextLong();
        bytes.putLong(word);
        fingerprint.add(word);
      }
      fingerprint.finish();

      ByteBuffer expected =
          ByteBuffer.wrap(Hashing.murmur3_128(0).hashBytes(bytes.array()).asBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      assertThat(fingerprint.high()).as("%d words", length).isEqualTo(expected.getLong());
      assertThat(fingerprint.low()).as("%d words", length).isEqualTo(expected.getLong());
    }
  }

  @Test
  void sequencesDoNotRunTogether() {
    List<List<String>> sequences = new ArrayList<>();
    String[] parts = {null, "", "a", "ab", "abc", "abcd", "abcde", "b", "\0", "\0\0\0\0"};
    for (String first : parts) {
      for (String second : parts) {
        sequences.add(java.util.Arrays.asList(first, second));
      }
      sequences.add(java.util.Arrays.asList(first));
    }
    Set<String> seen = new HashSet<>();
    Fingerprint fingerprint = new Fingerprint();
    for (List<String> sequence : sequences) {
      fingerprint.start();
      sequence.forEach(fingerprint::add);
      fingerprint.finish();
      assertThat(seen.add(fingerprint.high() + " " + fingerprint.low()))
          .as("%s", sequence)
          .isTrue();
    }
  }
}
