package dev.weir.serving.report;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.PipelineError;
import dev.weir.pipeline.PipelineErrors;
import dev.weir.pipeline.YamlDocument;
import dev.weir.pipeline.YamlMapping;
import dev.weir.pipeline.YamlValues;
import dev.weir.serving.export.ExportFormat;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the declaration of reports, strictly: unknown keys, wrong types, questions that the API
 * would refuse and folders that are not there are errors, and all of them are reported at once.
 */
public final class ReportsReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Duration USUAL_WAIT = Duration.ofHours(6);
  private static final List<String> KEYS =
      List.of(
          "name", "title", "schedule", "zone", "range", "wait", "queries", "formats", "deliver");

  private final PipelineErrors errors = new PipelineErrors();
  private final YamlValues values = new YamlValues(errors);
  private final QuestionsReader questions;
  private final DeliveryReader delivery;

  private ReportsReader(QuestionCheck check, boolean mail, Clock clock) {
    this.questions = new QuestionsReader(check, clock, errors);
    this.delivery = new DeliveryReader(mail, errors);
  }

  /**
   * Reads a declaration from a file in UTF-8.
   *
   * @param check of the questions
   * @param mail whether a mail server is known
   * @throws InvalidPipelineException with every error found, also when the file cannot be read
   */
  public static List<Report> read(Path file, QuestionCheck check, boolean mail, Clock clock) {
    PipelineError unreadable;
    try {
      return read(file.toString(), Files.readString(file), check, mail, clock);
    } catch (NoSuchFileException e) {
      unreadable = new PipelineError(0, "there is no such file", "name an existing file");
    } catch (CharacterCodingException e) {
      unreadable = new PipelineError(0, "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      unreadable =
          new PipelineError(
              0, "the file cannot be read (" + e + ")", "name a file that can be read");
    }
    throw new InvalidPipelineException(file.toString(), List.of(unreadable));
  }

  static List<Report> read(
      String what, String yaml, QuestionCheck check, boolean mail, Clock clock) {
    ReportsReader reader = new ReportsReader(check, mail, clock);
    List<Report> reports =
        YamlDocument.read(yaml, "reports: [{name: daily, ...}]", reader.errors)
            .map(reader::reports)
            .orElse(List.of());
    if (!reader.errors.isEmpty()) {
      throw new InvalidPipelineException(what, reader.errors.sorted());
    }
    return reports;
  }

  private List<Report> reports(Node root) {
    YamlMapping top =
        YamlMapping.of(root, "the declaration", "write reports: [...]", List.of("reports"), errors);
    Node list =
        top == null ? null : top.require("reports", "the declaration", "write reports: [...]");
    List<Report> reports = new ArrayList<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    if (list != null) {
      for (Node node : values.list(list, "reports", "write a list of reports")) {
        Report report = report(node);
        if (report == null) {
          continue;
        }
        Integer first = lines.putIfAbsent(report.name(), PipelineErrors.line(node));
        if (first != null) {
          errors.at(
              node,
              "the report " + report.name() + " is declared in line " + first + " already",
              "give each report a name of its own");
        }
        reports.add(report);
      }
    }
    return reports;
  }

  private Report report(Node node) {
    YamlMapping keys =
        YamlMapping.of(
            node,
            "a report",
            "write {name: ..., schedule: ..., queries: [...], ...}",
            KEYS,
            errors);
    if (keys == null) {
      return null;
    }
    String name = name(keys.require("name", "a report", "write name: daily_sales"));
    String what = name == null ? "a report" : "the report " + name;
    String title = keys.has("title") ? values.text(keys.get("title"), "title of " + what) : name;
    Schedule schedule =
        schedule(keys.require("schedule", what, "write schedule: " + Schedule.FORMS), what);
    ZoneId zone = zone(keys.get("zone"), what);
    Span span = span(keys.get("range"), schedule, what);
    Duration wait =
        keys.has("wait")
            ? values.duration(
                keys.get("wait"), "wait of " + what, Duration.ZERO, Duration.ofDays(3), "0s to 72h")
            : USUAL_WAIT;
    Node queries =
        keys.require("queries", what, "write queries: [{cube: traffic, granularity: hour}]");
    List<Report.Question> asked =
        queries == null ? List.of() : questions.read(queries, what, span, zone);
    List<ExportFormat> formats =
        formats(keys.require("formats", what, "write formats: [pdf, xlsx]"), what);
    Node deliver = keys.require("deliver", what, "write deliver: {folder: /srv/reports}");
    DeliveryReader.Delivery to =
        deliver == null ? DeliveryReader.Delivery.NOWHERE : delivery.read(deliver, what);
    if (name == null || title == null || schedule == null || wait == null || to.isNowhere()) {
      return null;
    }
    return new Report(
        name, title, schedule, zone, span, wait, asked, formats, to.folder(), to.email());
  }

  private String name(Node node) {
    String name = node == null ? null : values.text(node, "name of a report");
    if (name != null && !NAME.matcher(name).matches()) {
      errors.at(
          node,
          "name of a report is '" + name + "'",
          "write lower-case letters, digits, _ and -, beginning with a letter, 63 at most");
      return null;
    }
    return name;
  }

  private Schedule schedule(Node node, String what) {
    String text = node == null ? null : values.text(node, "schedule of " + what);
    if (text == null) {
      return null;
    }
    Optional<Schedule> schedule = Schedule.parse(text);
    if (schedule.isEmpty()) {
      errors.at(node, "schedule of " + what + " is '" + text + "'", "write " + Schedule.FORMS);
    }
    return schedule.orElse(null);
  }

  private ZoneId zone(Node node, String what) {
    String text = node == null ? null : values.text(node, "zone of " + what);
    if (text == null) {
      return UTC;
    }
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      return ZoneId.of(text);
    }
    errors.at(
        node,
        "zone of " + what + " is '" + text + "', which is not known",
        "write a zone of the IANA database, such as Europe/Berlin, or UTC");
    return UTC;
  }

  private Span span(Node node, Schedule schedule, String what) {
    Span usual = schedule instanceof Schedule.Weekly ? Span.WEEK : Span.DAY;
    String text = node == null ? null : values.text(node, "range of " + what);
    if (text == null) {
      return usual;
    }
    for (Span span : Span.values()) {
      if (span.text().equals(text)) {
        return span;
      }
    }
    errors.at(
        node,
        "range of " + what + " is '" + text + "'",
        "write day or week: the last full one before the report is due");
    return usual;
  }

  private List<ExportFormat> formats(Node node, String what) {
    if (node == null) {
      return List.of();
    }
    String remedy = "write one or more of " + String.join(", ", ExportFormat.names());
    List<Node> nodes =
        node instanceof SequenceNode
            ? values.list(node, "formats of " + what, remedy)
            : List.of(node);
    Set<ExportFormat> formats = new LinkedHashSet<>();
    for (Node each : nodes) {
      String text = values.text(each, "format of " + what);
      if (text != null) {
        ExportFormat.of(text)
            .ifPresentOrElse(
                formats::add,
                () -> errors.unknown(each, "unknown format " + text, ExportFormat.names()));
      }
    }
    return List.copyOf(formats);
  }
}
