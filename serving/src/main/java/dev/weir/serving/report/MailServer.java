package dev.weir.serving.report;

import dev.weir.serving.option.GivenOptions;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mail server that reports are given to.
 *
 * @param encrypted from the first byte on ({@code smtps}); otherwise by STARTTLS where the server
 *     offers it
 * @param from the sender's address
 * @param user empty where nobody logs in
 * @param password never shown
 */
public record MailServer(
    boolean encrypted, String host, int port, String from, String user, String password) {
  private static final Pattern URL =
      Pattern.compile("(smtps?)://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(?::([0-9]{1,5}))?/?");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String TIMEOUT_MILLIS = "30000";

  static Optional<MailServer> read(GivenOptions given) {
    String url = given.text("mail.smtp-url");
    String from = given.text("mail.from");
    String user = given.text("mail.user");
    String password = given.secret("mail.password-file", ReportOptions.PASSWORD_VARIABLE);
    if (url.isEmpty()) {
      if (!from.isEmpty() || !user.isEmpty()) {
        given.error("--mail.smtp-url is missing: write smtp://host:port or smtps://host:port");
      }
      return Optional.empty();
    }
    Matcher parts = URL.matcher(url);
    // The URL is not repeated: it may hold a password.
    if (!parts.matches()) {
      given.error(
          "--mail.smtp-url must be smtp://host:port or smtps://host:port, with the user in"
              + " --mail.user and the password in --mail.password-file");
      return Optional.empty();
    }
    checkSender(from, given);
    if (!user.isEmpty() && password.isEmpty()) {
      given.error(
          "--mail.user needs a password: name its file in --mail.password-file or set "
              + ReportOptions.PASSWORD_VARIABLE);
    }
    boolean encrypted = parts.group(1).equals("smtps");
    int port = parts.group(3) == null ? (encrypted ? 465 : 25) : Integer.parseInt(parts.group(3));
    if (port < 1 || port > 65_535) {
      given.error("--mail.smtp-url has the port " + port + "; write one from 1 to 65535");
    }
    return Optional.of(new MailServer(encrypted, parts.group(2), port, from, user, password));
  }

  private static void checkSender(String from, GivenOptions given) {
    if (from.isEmpty()) {
      given.error("--mail.from is missing: write the address that reports are sent from");
    } else if (!isAddress(from)) {
      given.error("--mail.from is not an address: write one such as weir@example.org");
    }
  }

  /** Whether mail can be sent there, as far as the form shows. */
  static boolean isAddress(String text) {
    try {
      new InternetAddress(text, true).validate();
      return text.indexOf('@') > 0 && text.chars().noneMatch(Character::isISOControl);
    } catch (AddressException e) {
      return false;
    }
  }

  /**
   * How Jakarta Mail is told so. A password goes to another machine encrypted only, and a
   * certificate must be of the host.
   */
  Properties properties() {
    Properties properties = new Properties();
    String protocol = protocol();
    properties.setProperty("mail.transport.protocol", protocol);
    String prefix = "mail." + protocol + ".";
    properties.setProperty(prefix + "host", host);
    properties.setProperty(prefix + "port", Integer.toString(port));
    properties.setProperty(prefix + "auth", Boolean.toString(!user.isEmpty()));
    properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    if (!encrypted) {
      properties.setProperty(prefix + "starttls.enable", "true");
      properties.setProperty(
          prefix + "starttls.required",
          Boolean.toString(!user.isEmpty() && !LOOPBACK.contains(host)));
    }
    return properties;
  }

  String protocol() {
    return encrypted ? "smtps" : "smtp";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return protocol() + "://" + host + ":" + port + " from " + from;
  }
}
