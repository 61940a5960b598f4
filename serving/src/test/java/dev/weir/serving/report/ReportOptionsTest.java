package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.option.GivenOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportOptionsTest {
  private final List<String> errors = new ArrayList<>();

  @Test
  void readsTheMailServer() {
    MailServer server =
        read(
                Map.of(ReportOptions.PASSWORD_VARIABLE, "secret"),
                "--mail.smtp-url=smtp://mail.example.org:587",
                "--mail.from=weir@example.org",
                "--mail.user=weir")
            .mail()
            .orElseThrow();

    assertThat(errors).isEmpty();
    assertThat(server.port()).isEqualTo(587);
    assertThat(server.password()).isEqualTo("secret");
    assertThat(server.toString()).doesNotContain("secret");
    Properties properties = server.properties();
    assertThat(properties)
        .as("a password leaves the machine encrypted only")
        .containsEntry("mail.smtp.starttls.required", "true")
        .containsEntry("mail.smtp.ssl.checkserveridentity", "true");
  }

  @Test
  void usesThePortThatIsUsual() {
    assertThat(
            read(Map.of(), "--mail.smtp-url=smtps://mail.example.org", "--mail.from=a@example.org")
                .mail()
                .orElseThrow())
        .returns(465, MailServer::port)
        .returns(true, MailServer::encrypted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mail",
        "mail.example.org:25",
        "smtp://user:secret@mail",
        "smtp://",
        "smtp://a b"
      })
  void refusesOtherAddressesWithoutRepeatingThem(String url) {
    assertThat(read(Map.of(), "--mail.smtp-url=" + url, "--mail.from=a@example.org").mail())
        .isEmpty();
    assertThat(errors)
        .containsExactly(
            "--mail.smtp-url must be smtp://host:port or smtps://host:port, with the user in --mail.user and the password in --mail.password-file");
  }

  @Test
  void saysWhatIsMissing() {
    read(Map.of(), "--mail.from=a@example.org");
    read(Map.of(), "--mail.smtp-url=smtp://mail:99999", "--mail.user=weir");
    read(Map.of(), "--mail.smtp-url=smtp://mail", "--mail.from=nobody");

    assertThat(errors)
        .containsExactly(
            "--mail.smtp-url is missing: write smtp://host:port or smtps://host:port",
            "--mail.from is missing: write the address that reports are sent from",
            "--mail.user needs a password: name its file in --mail.password-file or set WEIR_MAIL_PASSWORD",
            "--mail.smtp-url has the port 99999; write one from 1 to 65535",
            "--mail.from is not an address: write one such as weir@example.org");
  }

  private ReportOptions read(Map<String, String> environment, String... arguments) {
    return ReportOptions.read(
        new GivenOptions(ReportOptions.OPTIONS, List.of(arguments), environment, errors));
  }
}
