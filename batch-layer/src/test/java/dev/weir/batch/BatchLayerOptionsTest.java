package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.batch.select.HourRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchLayerOptionsTest {
  private static final String REQUIRED =
      "--pipeline p.yaml --database.url jdbc:postgresql://127.0.0.1/weir --database.user weir";

  @Test
  void readsTheCommandLine() {
    BatchLayerOptions options =
        parse(REQUIRED + " --archive file:///archive --all --through 7 --accept-differences");

    assertThat(options.pipeline()).hasToString("p.yaml");
    assertThat(options.archive().orElseThrow()).hasToString("file:///archive");
    assertThat(options.range()).contains(HourRange.ALL);
    assertThat(options.through()).hasValue(7);
    assertThat(options.bucketRows()).isEqualTo(BatchLayerOptions.DEFAULT_BUCKET_ROWS);
    assertThat(options.acceptDifferences()).isTrue();
    assertThat(options.fromArrivals()).isFalse();
  }

  @Test
  void takesThePasswordFromTheEnvironmentAndShowsItToNobody() {
    BatchLayerOptions options =
        BatchLayerOptions.parse(
            REQUIRED.split(" "), Map.of("WEIR_DATABASE_PASSWORD", "not to be seen"));

    assertThat(options.database().password()).isEqualTo("not to be seen");
    assertThat(options.toString()).doesNotContain("not to be seen");
  }

  @Test
  void namesEveryMistake() {
    assertThatThrownBy(() -> parse("--pipeline --frm x --from 2026-03-01T08:00:00Z"))
        .hasMessageContaining("--pipeline needs a value: FILE")
        .hasMessageContaining("'--frm' is not an option")
        .hasMessageContaining("--database.url JDBC URL is missing")
        .hasMessageContaining("--from and --to go together");
  }

  @Test
  void refusesTwoRanges() {
    assertThatThrownBy(
            () -> parse(REQUIRED + " --all --from 2026-03-01T08:00:00Z --to 2026-03-01T09:00:00Z"))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThatThrownBy(() -> parse(REQUIRED + " --through head"))
        .hasMessage("--through 'head' is not a number");
    assertThatThrownBy(() -> parse(REQUIRED + " --bucket.rows 0"))
        .hasMessage("--bucket.rows must be at least 1, and is 0");
  }

  @Test
  void theReferenceNamesEveryOption() {
    for (BatchLayerOptions.Option option : BatchLayerOptions.OPTIONS) {
      assertThat(BatchLayerOptions.reference())
          .contains("--" + option.key())
          .contains(option.description());
    }
  }

  private static BatchLayerOptions parse(String line) {
    return BatchLayerOptions.parse(line.split(" "), Map.of());
  }
}
