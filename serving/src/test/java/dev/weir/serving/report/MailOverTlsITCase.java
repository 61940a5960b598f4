package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.report.ScriptedMailServer.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mail to servers that encrypt, from a process of its own: which certificates it trusts is settled
 * when a JVM starts.
 */
class MailOverTlsITCase {
  private static final String PASSWORD = "of a test";

  @TempDir private static Path folder;
  private static Path store;
  private static SSLContext context;

  /** A certificate for localhost, and for no other name or address. */
  @BeforeAll
  static void certify() throws Exception {
    store = folder.resolve("mail.p12");
    run(
        List.of(
            java("keytool"),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            "mail",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost"));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysNothingOfTheMessageUnencrypted(boolean atOnce) throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("", "", new Tls(context, atOnce))) {
      assertThat(sent(true, atOnce, "localhost", server.port())).startsWith("Accepted");

      assertThat(server.encrypted()).contains("MAIL", "RCPT", "DATA", ".");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesACertificateThatNobodyVouchesFor(boolean atOnce) throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("", "", new Tls(context, atOnce))) {
      assertThat(sent(false, atOnce, "localhost", server.port()))
          .startsWith("Refused")
          .contains("certification path");

      assertThat(server.encrypted()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesACertificateOfAnotherName(boolean atOnce) throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("", "", new Tls(context, atOnce))) {
      assertThat(sent(true, atOnce, "127.0.0.1", server.port()))
          .startsWith("Refused")
          .contains("subject alternative name");

      assertThat(server.encrypted()).isEmpty();
    }
  }

  @Test
  void refusesAServerThatDoesNotEncryptWhereThatIsAskedFor() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("", "")) {
      assertThat(sent(true, true, "localhost", server.port())).startsWith("Refused");
    }
  }

  /** What became of a message. */
  private static String sent(boolean trusting, boolean atOnce, String host, int port)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(java("java"), "-Dweir.log=System.err"));
    if (trusting) {
      Collections.addAll(
          command,
          "-Djavax.net.ssl.trustStore=" + store,
          "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
    Collections.addAll(
        command,
        "-cp",
        System.getProperty("java.class.path"),
        Sender.class.getName(),
        Boolean.toString(atOnce),
        host,
        Integer.toString(port));
    return run(command);
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  /** The other process: whether at once, host, port. */
  static final class Sender {
    private Sender() {}

    public static void main(String[] arguments) throws IOException {
      MailServer server =
          new MailServer(
              Boolean.parseBoolean(arguments[0]),
              arguments[1],
              Integer.parseInt(arguments[2]),
              "weir@example.org",
              "",
              "");
      MailDelivery.Letter letter =
          new MailDelivery.Letter(
              "<1@weir>",
              List.of("ops@example.org"),
              "Numbers",
              "None.",
              Instant.parse("2026-03-02T05:00:00Z"),
              List.of());
      System.out.println(new MailDelivery(server).send(letter, () -> {}));
    }
  }
}
