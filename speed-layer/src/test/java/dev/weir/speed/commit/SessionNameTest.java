package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import org.junit.jupiter.api.Test;

class SessionNameTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @Test
  void namesJobAndPipeline() {
    String name = SessionName.of(JOB, SamplePipeline.web());
    assertThat(name).isEqualTo("weir commit " + JOB + " web");
    assertThat(SessionName.jobOf(name)).hasValue(JOB);
  }

  @Test
  void isNoLongerThanPostgresqlKeeps() {
    String name = SessionName.of(JOB + JOB, SamplePipeline.web());
    assertThat(name).hasSize(63);
  }

  @Test
  void othersCommitForNoJob() {
    assertThat(SessionName.jobOf("weir commit")).isEmpty();
    assertThat(SessionName.jobOf("weir commit release")).isEmpty();
    assertThat(SessionName.jobOf("psql")).isEmpty();
  }
}
