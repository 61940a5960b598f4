package dev.weir.pipeline;

import dev.weir.pipeline.DuplicatePolicy.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code pipeline.yaml}, strictly: unknown keys, wrong types, undeclared names and values out
 * of range are errors, and all of them are reported at once.
 */
public final class PipelineReader {
  private static final Duration DEFAULT_COMMIT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_LIVE = Duration.ofMillis(100);
  private static final DuplicatePolicy DEFAULT_DUPLICATES =
      new DuplicatePolicy(Duration.ofHours(1), Scope.TOPIC);
  private static final DuplicatePolicy NO_DUPLICATES =
      new DuplicatePolicy(Duration.ZERO, Scope.TOPIC);
  private static final Map<String, Scope> SCOPES =
      Map.of("topic", Scope.TOPIC, "partition", Scope.PARTITION);

  private final PipelineErrors errors = new PipelineErrors();
  private final YamlValues values = new YamlValues(errors);

  private PipelineReader() {}

  /**
   * Reads a declaration from its text.
   *
   * @throws InvalidPipelineException with every error found
   */
  public static Pipeline read(String yaml) {
    return new PipelineReader().read("the pipeline declaration", yaml);
  }

  /**
   * Reads a declaration from a file in UTF-8.
   *
   * @throws InvalidPipelineException with every error found, also when the file cannot be read
   */
  public static Pipeline read(Path file) {
    PipelineError unreadable;
    try {
      return new PipelineReader().read(file.toString(), Files.readString(file));
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

  private Pipeline read(String what, String yaml) {
    Pipeline pipeline =
        YamlDocument.read(yaml, "pipeline: <name>", errors).map(this::pipeline).orElse(null);
    if (pipeline == null || !errors.isEmpty()) {
      throw new InvalidPipelineException(what, errors.sorted());
    }
    return pipeline;
  }

  private Pipeline pipeline(Node root) {
    YamlMapping top =
        YamlMapping.of(
            root,
            "the declaration",
            "write keys, beginning with pipeline: <name>",
            List.of(
                "pipeline",
                "sources",
                "event",
                "duplicates",
                "cubes",
                "commit",
                "live",
                "archive",
                "retention"),
            errors);
    if (top == null) {
      return null;
    }
    String name = name(top.require("pipeline", "the declaration", "write pipeline: <name>"));
    Node eventNode =
        top.require("event", "the declaration", "write event: {time: <path>, dimensions: [...]}");
    Node sourcesNode =
        top.require(
            "sources",
            "the declaration",
            "write sources: [{name: clicks, topic: clicks, format: json}]");
    Node cubesNode =
        top.require(
            "cubes", "the declaration", "write cubes: [{name: traffic, measures: [count]}]");
    Duration commit = commit(top.get("commit"));
    Duration live = live(top.get("live"));
    if (live.compareTo(commit) > 0) {
      errors.at(top.get("live"), "live is longer than commit", "make it shorter");
    }
    URI archive =
        top.has("archive") ? StorageUri.read(top.get("archive"), "archive", values, errors) : null;
    Duration archiveRetention = archiveRetention(top.get("retention"));
    if (eventNode == null) {
      // Without it every field named elsewhere would be an error of its own.
      return null;
    }
    EventSchema event = new EventSchemaReader(errors).read(eventNode);
    List<Source> sources =
        sourcesNode == null ? List.of() : new SourcesReader(event, errors).read(sourcesNode);
    List<Cube> cubes =
        cubesNode == null ? List.of() : new CubesReader(event, errors).read(cubesNode);
    DuplicatePolicy duplicates = duplicates(top.get("duplicates"), event, sources);
    return new Pipeline(
        name, sources, event, duplicates, cubes, commit, live, archive, archiveRetention);
  }

  private String name(Node node) {
    String name = node == null ? null : values.text(node, "pipeline");
    if (name != null) {
      FieldNames.checkForm(node, name, "pipeline name", FieldNames.MAX_LENGTH, errors);
    }
    return name;
  }

  private Duration commit(Node node) {
    Duration value =
        node == null
            ? null
            : values.duration(
                node, "commit", Duration.ofSeconds(1), Duration.ofMinutes(10), "1s to 10m");
    return value == null ? DEFAULT_COMMIT : value;
  }

  private Duration live(Node node) {
    Duration value =
        node == null
            ? null
            : values.duration(
                node, "live", Duration.ofMillis(20), Duration.ofMinutes(1), "20ms to 1m");
    return value == null ? DEFAULT_LIVE : value;
  }

  private Duration archiveRetention(Node node) {
    YamlMapping retention =
        node == null
            ? null
            : YamlMapping.of(
                node,
                "retention",
                "write retention: {archive: 90d}, or leave it out to keep everything",
                List.of("archive"),
                errors);
    Node archive =
        retention == null ? null : retention.require("archive", "retention", "write archive: 90d");
    return archive == null
        ? null
        : values.days(
            archive, "archive of retention", Duration.ofHours(1), Duration.ofDays(36_500));
  }

  private DuplicatePolicy duplicates(Node node, EventSchema event, List<Source> sources) {
    boolean identified =
        sources.stream().anyMatch(source -> SourceFields.of(event, source).id().isPresent());
    if (node == null) {
      return identified ? DEFAULT_DUPLICATES : NO_DUPLICATES;
    }
    YamlMapping duplicates =
        YamlMapping.of(
            node,
            "duplicates",
            "write duplicates: {within: 1h, scope: topic}",
            List.of("within", "scope"),
            errors);
    if (duplicates == null) {
      return NO_DUPLICATES;
    }
    Node withinNode =
        duplicates.require("within", "duplicates", "write within: 1h, or 0s for none");
    Duration within =
        withinNode == null
            ? null
            : values.duration(
                withinNode, "within of duplicates", Duration.ZERO, Duration.ofDays(7), "0s to 7d");
    Scope scope = scope(duplicates.get("scope"));
    if (within != null && !within.isZero() && !identified && !sources.isEmpty()) {
      errors.at(
          node,
          "duplicates are to be dropped, but no source has an event id",
          "write id: <path> under event, or remove duplicates");
    }
    return new DuplicatePolicy(within == null ? Duration.ZERO : within, scope);
  }

  private Scope scope(Node node) {
    String name = node == null ? null : values.text(node, "scope of duplicates");
    Scope scope = name == null ? Scope.TOPIC : SCOPES.get(name);
    return Optional.ofNullable(scope)
        .orElseGet(
            () -> {
              errors.unknown(
                  node, "unknown scope " + name, SCOPES.keySet().stream().sorted().toList());
              return Scope.TOPIC;
            });
  }
}
