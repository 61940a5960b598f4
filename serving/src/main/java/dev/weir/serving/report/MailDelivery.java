package dev.weir.serving.report;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives reports to a mail server. */
final class MailDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

  /** Most servers take no larger message; encoding makes attachments a third longer. */
  private static final long MOST_ATTACHED_BYTES = 15L << 20;

  private final MailServer server;

  MailDelivery(MailServer server) {
    this.server = server;
  }

  /**
   * A message.
   *
   * @param id the same for every attempt, so that whoever gets it twice can tell
   */
  record Letter(
      String id,
      List<String> to,
      String subject,
      String text,
      Instant sentAt,
      List<ReportFile> files) {}

  /**
   * Gives the message to the server, to all recipients or to none.
   *
   * @param beforeSending called when the server listens, right before it is given the message
   */
  Handover send(Letter letter, Runnable beforeSending) throws IOException {
    long bytes = 0;
    for (ReportFile file : letter.files()) {
      bytes += Files.size(file.content());
    }
    if (bytes > MOST_ATTACHED_BYTES) {
      return new Handover.Refused(
          "its files have "
              + (bytes >> 20)
              + " MiB, more than the "
              + (MOST_ATTACHED_BYTES >> 20)
              + " that are mailed: deliver it to a folder, or ask for fewer rows");
    }
    Session session = Session.getInstance(server.properties());
    Transport transport;
    IdentifiedMessage message;
    try {
      message = message(session, letter);
      transport = session.getTransport(server.protocol());
      connect(transport);
    } catch (MessagingException e) {
      return new Handover.Refused(reason(e));
    }
    try {
      beforeSending.run();
      return hand(transport, message);
    } finally {
      close(transport);
    }
  }

  /** What the server has answered stands, however the connection ends. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("The connection to the mail server broke when it was closed", e);
    }
  }

  private void connect(Transport transport) throws MessagingException {
    if (server.user().isEmpty()) {
      transport.connect();
    } else {
      transport.connect(server.host(), server.port(), server.user(), server.password());
    }
  }

  private Handover hand(Transport transport, IdentifiedMessage message) {
    try {
      transport.sendMessage(message, message.getAllRecipients());
      return new Handover.Accepted();
    } catch (MessagingException e) {
      return message.begun && !saysNo(e)
          ? new Handover.Unanswered(reason(e))
          : new Handover.Refused(reason(e));
    }
  }

  /**
   * Whether the server refused, and for all: partial sending is off. That it closed the connection
   * comes as the same exception, with a code of -1.
   */
  private static boolean saysNo(MessagingException e) {
    return e instanceof SMTPSendFailedException failed
        && failed.getReturnCode() >= 400
        && failed.getReturnCode() <= 599;
  }

  private String reason(MessagingException e) {
    String cause = e.getNextException() == null ? "" : " (" + e.getNextException() + ")";
    return "the mail server " + server.host() + ":" + server.port() + ": " + e.getMessage() + cause;
  }

  private IdentifiedMessage message(Session session, Letter letter)
      throws MessagingException, IOException {
    IdentifiedMessage message = new IdentifiedMessage(session, letter.id());
    message.setFrom(new InternetAddress(server.from()));
    for (String address : letter.to()) {
      message.addRecipient(RecipientType.TO, new InternetAddress(address));
    }
    message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(letter.sentAt()));
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeMultipart parts = new MimeMultipart();
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), StandardCharsets.UTF_8.name());
    parts.addBodyPart(text);
    for (ReportFile file : letter.files()) {
      MimeBodyPart attached = new MimeBodyPart();
      attached.setDataHandler(new DataHandler(new FileDataSource(file.content().toFile())));
      attached.setFileName(file.name());
      attached.setHeader("Content-Type", file.mediaType());
      parts.addBodyPart(attached);
    }
    message.setContent(parts);
    message.saveChanges();
    return message;
  }

  /** Keeps the id that it is given, and knows whether any of it was given to the server. */
  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;
    private boolean begun;

    IdentifiedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream out, String[] left) throws IOException, MessagingException {
      begun = true;
      super.writeTo(out, left);
    }
  }
}
