package dev.weir.serving.report;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which reports are made, and how they are mailed.
 *
 * @param file the reports' declaration; empty where there are none
 * @param mail the mail server; empty where none is given
 */
public record ReportOptions(Optional<Path> file, Optional<MailServer> mail) {
  /** Environment variable that holds the mail server's password. */
  public static final String PASSWORD_VARIABLE = "WEIR_MAIL_PASSWORD";

  public static final List<Option> OPTIONS =
      List.of(
          new Option("reports", "file", "", "declaration of scheduled reports; without it none"),
          new Option(
              "mail.smtp-url", "address", "", "mail server: smtp://host:port or smtps://host:port"),
          new Option("mail.from", "address", "", "sender of mailed reports"),
          new Option("mail.user", "text", "", "who logs in to the mail server; without it nobody"),
          new Option(
              "mail.password-file",
              "file",
              "",
              "file that holds that password; without it the environment variable "
                  + PASSWORD_VARIABLE
                  + ", if set"));

  public static ReportOptions read(GivenOptions given) {
    String file = given.text("reports");
    return new ReportOptions(
        file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)), MailServer.read(given));
  }
}
