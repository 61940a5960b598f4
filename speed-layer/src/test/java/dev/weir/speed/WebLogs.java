package dev.weir.speed;

import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source.Directory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A pipeline of two watched directories and a seeded stream of files for them, with what the layer
 * has to make of it: resends, late events, rubbish and blank lines included.
 */
final class WebLogs {
  private final Path root;
  private final RandomEvents events;
  private final Oracle oracle;
  private final PipelineDeclaration declaration;
  private long rubbish;
  private long blank;
  private long lines;
  private int files;

  WebLogs(Path root, long seed, String scope) throws IOException {
    this.root = root;
    for (String folder : List.of("clicks", "orders", "staging", "archive", "checkpoints")) {
      Files.createDirectories(root.resolve(folder));
    }
    declaration = PipelineDeclaration.of(yaml(scope), archive());
    events = new RandomEvents(pipeline(), seed).duplicateShare(0.1);
    oracle = new Oracle(pipeline());
  }

  /** The same without resends. */
  WebLogs withoutDuplicates() {
    events.duplicateShare(0);
    return this;
  }

  private String yaml(String scope) {
    return """
    pipeline: web
    sources:
      - {name: clicks, directory: "%s", format: json}
      - {name: orders, directory: "%s", format: json}
    event:
      id: event_id
      time: timestamp
      dimensions: [{name: source, path: $source}, event_type, user_segment, route]
      identifiers: [user_id]
      numbers: [{name: value, scale: 4, min: -1000000, max: 1000000000}]
    duplicates: {within: 1h, scope: %s}
    cubes:
      - name: traffic
        dimensions: [source, event_type, user_segment]
        measures: [count, {value: [sum, min, max, avg, p95]}, {distinct: user_id}]
      - name: routes
        dimensions: [route]
        measures: [count, {value: [sum]}]
    commit: 1s
    live: 50ms
    """
        .formatted(root.resolve("clicks").toUri(), root.resolve("orders").toUri(), scope);
  }

  PipelineDeclaration declaration() {
    return declaration;
  }

  Pipeline pipeline() {
    return declaration.pipeline();
  }

  URI archive() {
    return root.resolve("archive").toUri();
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Oracle oracle() {
    return oracle;
  }

  long rubbish() {
    return rubbish;
  }

  long blank() {
    return blank;
  }

  /** All lines put so far. */
  long lines() {
    return lines;
  }

  /** Moves two finished files, one packed, into each directory. */
  void put(int number) throws IOException {
    List<Event> next = events.list(number);
    for (int part = 0; part < 2; part++) {
      for (int source = 0; source < 2; source++) {
        List<String> texts = new ArrayList<>();
        for (Event event : next.subList(part * number / 2, (part + 1) * number / 2)) {
          if (event.source() == source) {
            texts.add(new String(events.record(event).value(), StandardCharsets.UTF_8));
            oracle.add(event);
          }
        }
        texts.add("{\"rubbish\":");
        texts.add("");
        rubbish++;
        blank++;
        lines += texts.size();
        write(source, part == 1, String.join("\n", texts) + "\n");
      }
    }
  }

  private void write(int source, boolean packed, String text) throws IOException {
    String name = "part-" + files++ + (packed ? ".json.gz" : ".json");
    Path staged = root.resolve("staging").resolve(name);
    try (OutputStream file = Files.newOutputStream(staged);
        OutputStream out = packed ? new GZIPOutputStream(file) : file) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Directory directory = (Directory) pipeline().sources().get(source);
    Files.move(
        staged,
        Path.of(URI.create(directory.directory())).resolve(name),
        StandardCopyOption.ATOMIC_MOVE);
  }
}
