package dev.weir.serving.report;

import dev.weir.pipeline.PipelineErrors;
import dev.weir.pipeline.YamlMapping;
import dev.weir.pipeline.YamlValues;
import dev.weir.serving.report.Report.Email;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads where a report is delivered. */
final class DeliveryReader {
  private final boolean mail;
  private final PipelineErrors errors;
  private final YamlValues values;

  /**
   * @param mail whether a mail server is known
   */
  DeliveryReader(boolean mail, PipelineErrors errors) {
    this.mail = mail;
    this.errors = errors;
    this.values = new YamlValues(errors);
  }

  /** Where to. */
  record Delivery(Optional<Path> folder, Optional<Email> email) {
    static final Delivery NOWHERE = new Delivery(Optional.empty(), Optional.empty());

    boolean isNowhere() {
      return folder.isEmpty() && email.isEmpty();
    }
  }

  Delivery read(Node node, String what) {
    String remedy = "write {folder: /srv/reports} or {email: {to: [ops@example.org]}}, or both";
    YamlMapping keys =
        YamlMapping.of(node, "deliver of " + what, remedy, List.of("folder", "email"), errors);
    if (keys == null) {
      return Delivery.NOWHERE;
    }
    if (keys.entries().isEmpty()) {
      errors.at(node, "deliver of " + what + " is empty", remedy);
    }
    return new Delivery(
        Optional.ofNullable(keys.get("folder")).flatMap(folder -> folder(folder, what)),
        Optional.ofNullable(keys.get("email")).flatMap(email -> email(email, what)));
  }

  private Optional<Path> folder(Node node, String what) {
    String text = values.text(node, "folder of " + what);
    if (text == null) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(text);
      if (!folder.isAbsolute()) {
        errors.at(
            node,
            "folder of " + what + " is '" + text + "'",
            "write it from the root on, such as /srv/reports");
      } else if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
        errors.at(
            node,
            "folder of " + what + ", " + text + ", is not a folder that can be written to",
            "create it, or let the application write to it");
      } else {
        return Optional.of(folder.normalize());
      }
    } catch (InvalidPathException e) {
      errors.at(node, "folder of " + what + " is not a path", "write one such as /srv/reports");
    }
    return Optional.empty();
  }

  private Optional<Email> email(Node node, String what) {
    YamlMapping keys =
        YamlMapping.of(
            node,
            "email of " + what,
            "write {to: [ops@example.org]}",
            List.of("to", "subject"),
            errors);
    if (keys == null) {
      return Optional.empty();
    }
    if (!mail) {
      errors.at(
          node,
          what + " is to be mailed, but no mail server is given",
          "start with --mail.smtp-url and --mail.from, or remove email");
    }
    Node toNode = keys.require("to", "email of " + what, "write to: [ops@example.org]");
    List<String> to = toNode == null ? List.of() : addresses(toNode, what);
    String subject =
        keys.has("subject") ? values.text(keys.get("subject"), "subject of " + what) : null;
    if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
      errors.at(keys.get("subject"), "subject of " + what + " has a line break", "write one line");
    }
    return to.isEmpty()
        ? Optional.empty()
        : Optional.of(new Email(to, Optional.ofNullable(subject)));
  }

  private List<String> addresses(Node node, String what) {
    List<Node> nodes =
        node instanceof SequenceNode
            ? values.list(node, "to of " + what, "write [ops@example.org]")
            : List.of(node);
    List<String> addresses = new ArrayList<>();
    for (Node each : nodes) {
      String address = values.text(each, "an address of " + what);
      if (address != null && !MailServer.isAddress(address)) {
        errors.at(
            each,
            "an address of " + what + " is " + YamlValues.shown(each),
            "write one such as ops@example.org");
      } else if (address != null) {
        addresses.add(address);
      }
    }
    return addresses;
  }
}
