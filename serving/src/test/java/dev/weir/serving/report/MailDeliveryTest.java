package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailDeliveryTest {
  @TempDir private Path folder;

  @Test
  void isAcceptedWhenTheServerSaysSo() throws IOException {
    assertThat(handover("250 taken", ".")).isInstanceOf(Handover.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"451 later", "554 never"})
  void isRefusedWhenTheServerSaysSo(String answer) throws IOException {
    assertThat(handover(answer, "."))
        .isInstanceOfSatisfying(
            Handover.Refused.class, refused -> assertThat(refused.reason()).contains(answer));
  }

  @Test
  void isUnansweredWhenTheServerTakesItAndGoes() throws IOException {
    assertThat(handover(ScriptedMailServer.GOES, ".")).isInstanceOf(Handover.Unanswered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"what?", "299 perhaps"})
  void isUnansweredWhenTheAnswerIsNoAnswer(String answer) throws IOException {
    assertThat(handover(answer, ".")).isInstanceOf(Handover.Unanswered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
  void isRefusedBeforeTheServerIsGivenIt(String command) throws IOException {
    assertThat(handover("451 later", command)).isInstanceOf(Handover.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "DATA"})
  void isRefusedWhenTheServerGoesBeforeItIsGivenIt(String command) throws IOException {
    assertThat(handover(ScriptedMailServer.GOES, command)).isInstanceOf(Handover.Refused.class);
  }

  /** What becomes of a message when the server answers a command in its own way. */
  private Handover handover(String answer, String command) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a\r\n.\r\nb\r\n");
    AtomicInteger begun = new AtomicInteger();
    try (ScriptedMailServer server = new ScriptedMailServer(command, answer)) {
      MailDelivery mail =
          new MailDelivery(
              new MailServer(false, "127.0.0.1", server.port(), "weir@example.org", "", ""));
      Handover handover =
          mail.send(
              new MailDelivery.Letter(
                  "<1@weir>",
                  List.of("ops@example.org"),
                  "Numbers",
                  "Attached.",
                  Instant.parse("2026-03-02T05:00:00Z"),
                  List.of(new ReportFile("a.csv", "text/csv", file))),
              begun::incrementAndGet);
      assertThat(begun).hasValue(1);
      return handover;
    }
  }
}
