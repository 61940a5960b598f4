package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The 318 cases of JSONTestSuite; the first letter of a name is the verdict under RFC 8259. */
class JsonTestSuiteTest {
  private static final Set<RejectReason> NOT_JSON =
      EnumSet.of(RejectReason.MALFORMED_JSON, RejectReason.TOO_LARGE);

  private final EventDecoder decoder =
      Declarations.json("{id: id, time: time, dimensions: [a], numbers: [{name: b, scale: 2}]}");

  @Test
  void agreesWithEveryVerdict() throws IOException {
    Map<Character, Integer> verdicts = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      DecodeResult result = decoder.decode(Declarations.record(file.getValue()));

      // None of them is a valid event, so each must be a dead letter with a reason.
      assertThat(result).as(file.getKey()).isInstanceOf(Rejected.class);
      Rejected rejected = (Rejected) result;
      assertThat(rejected.detail()).as(file.getKey()).isNotBlank().doesNotContain("\0");
      char verdict = file.getKey().charAt(0);
      if (verdict == 'n') {
        assertThat(rejected.reason()).as(file.getKey()).isIn(NOT_JSON);
      } else if (verdict == 'y') {
        assertThat(rejected.reason()).as(file.getKey()).isNotIn(NOT_JSON);
      }
      verdicts.merge(verdict, 1, Integer::sum);
    }
    assertThat(verdicts).isEqualTo(Map.of('y', 95, 'n', 188, 'i', 35));
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in =
            JsonTestSuiteTest.class.getResourceAsStream("/json-test-suite/test_parsing.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
    return files;
  }
}
