package dev.weir.serving.report;

import dev.weir.pipeline.PipelineErrors;
import dev.weir.pipeline.YamlMapping;
import dev.weir.pipeline.YamlValues;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.NotDeclaredException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.report.Report.Question;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the questions of a report and lets each be checked as the API checks it. */
final class QuestionsReader {
  /** What a report decides itself. */
  private static final Set<String> OF_THE_REPORT = Set.of("from", "to", "tz", "format");

  private final QuestionCheck check;
  private final Clock clock;
  private final PipelineErrors errors;
  private final YamlValues values;

  QuestionsReader(QuestionCheck check, Clock clock, PipelineErrors errors) {
    this.check = check;
    this.clock = clock;
    this.errors = errors;
    this.values = new YamlValues(errors);
  }

  List<Question> read(Node node, String what, Span span, ZoneId zone) {
    List<Question> questions = new ArrayList<>();
    for (Node each :
        values.list(
            node, "queries of " + what, "write [{cube: traffic, granularity: hour}, ...]")) {
      Question question = question(each, "a query of " + what, span, zone);
      if (question != null) {
        questions.add(question);
      }
    }
    return questions;
  }

  private Question question(Node node, String what, Span span, ZoneId zone) {
    YamlMapping keys =
        YamlMapping.open(node, what, "write {cube: traffic, granularity: hour}", errors);
    if (keys == null) {
      return null;
    }
    Node cubeNode = keys.require("cube", what, "write cube: <name>");
    String cube = cubeNode == null ? null : values.text(cubeNode, "cube of " + what);
    String title = keys.has("title") ? values.text(keys.get("title"), "title of " + what) : cube;
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : keys.entries()) {
      if (OF_THE_REPORT.contains(entry.key())) {
        errors.at(
            entry.keyNode(),
            entry.key() + " of " + what + " is decided by the report",
            "leave it out: range, zone and formats are keys of the report");
      } else if (!entry.key().equals("cube") && !entry.key().equals("title")) {
        parameters.put(entry.key(), texts(entry));
      }
    }
    if (cube == null || title == null) {
      return null;
    }
    Question question = new Question(title, cube, parameters);
    verify(question, keys, cubeNode, what, span, zone);
    return question;
  }

  /** A scalar, whatever it looks like, or a list of them. */
  private List<String> texts(YamlMapping.Entry entry) {
    List<Node> nodes =
        entry.value() instanceof SequenceNode sequence
            ? sequence.getValue()
            : List.of(entry.value());
    List<String> texts = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
        texts.add(scalar.getValue());
      } else {
        errors.at(
            node,
            entry.key() + " is " + YamlValues.kind(node),
            "write a value as in the API, or a list of values");
      }
    }
    return texts;
  }

  private void verify(
      Question question, YamlMapping keys, Node cubeNode, String what, Span span, ZoneId zone) {
    try {
      check.check(question.cube(), question.of(span.before(clock.instant(), zone), zone));
    } catch (NotDeclaredException e) {
      errors.at(
          cubeNode,
          "cube of " + what + " is '" + question.cube() + "'",
          "write a declared one. " + e.getMessage());
    } catch (BadParametersException e) {
      for (ParameterProblem problem : e.problems()) {
        Node at =
            keys.entries().stream()
                .filter(entry -> entry.key().equals(problem.parameter()))
                .map(YamlMapping.Entry::keyNode)
                .findFirst()
                .orElse(keys.node());
        errors.at(
            at, problem.parameter() + " of " + what + ": " + problem.problem(), problem.remedy());
      }
    }
  }
}
