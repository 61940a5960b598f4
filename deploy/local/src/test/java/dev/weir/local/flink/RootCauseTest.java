package dev.weir.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {
  @Test
  void theInnermostCauseInOneLine() {
    assertThat(
            RootCause.of(
                """
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat org.apache.flink.Some.method(Some.java:1)
                Caused by: org.apache.flink.util.SerializedThrowable: again
                \tat org.apache.flink.Some.method(Some.java:2)
                \t... 4 more
                Caused by: dev.weir.speed.commit.CommitRefusedException: cannot claim the log:
                  the head is commit 7
                \tat dev.weir.speed.commit.Refusal.wrongParent(Refusal.java:9)
                \t... 4 more
                """))
        .isEqualTo("CommitRefusedException: cannot claim the log: the head is commit 7");
  }

  @Test
  void oneWithoutACause() {
    assertThat(RootCause.of("java.lang.OutOfMemoryError: Java heap space\n\tat A.b(A.java:1)\n"))
        .isEqualTo("OutOfMemoryError: Java heap space");
    assertThat(RootCause.of("java.lang.IllegalStateException\n\tat A.b(A.java:1)\n"))
        .isEqualTo("IllegalStateException");
  }

  @Test
  void nothingFailed() {
    assertThat(RootCause.of("")).isEmpty();
  }

  @Test
  void whatAMainMethodThrew() {
    String refused =
        """
        <Exception on server side:
        org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: \
        the database holds no commit log. Run `weir migrate`
        \tat org.apache.flink.client.program.PackagedProgram.callMainMethod(PackagedProgram.java:1)
        Caused by: java.lang.IllegalStateException: the database holds no commit log.
          Run `weir migrate`
        \tat dev.weir.speed.commit.SchemaCheck.check(SchemaCheck.java:9)
        """;
    String said = "the database holds no commit log.\n  Run `weir migrate`";
    assertThat(RootCause.thrownByMain(refused)).isEqualTo(said);
    assertThat(
            RootCause.thrownByMain(
                refused
                    + """
                    \t... 4 more
                    Caused by: org.postgresql.util.PSQLException: ERROR: no relation
                      Position: 15
                    \tat org.postgresql.Some.method(Some.java:1)
                    """))
        .isEqualTo(said + " (PSQLException: ERROR: no relation Position: 15)");
    assertThat(RootCause.thrownByMain("Jar file gone.jar does not exist"))
        .isEqualTo("Jar file gone.jar does not exist");
  }
}
