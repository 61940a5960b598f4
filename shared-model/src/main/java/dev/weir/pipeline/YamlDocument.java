package dev.weir.pipeline;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML text to nodes that know their lines. Nothing is constructed from tags, aliases are not
 * expanded, and size and depth are limited, so that no text can do harm.
 */
public final class YamlDocument {
  private static final int MAX_CODE_POINTS = 1 << 20;
  private static final int MAX_DEPTH = 32;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("declaration").setCodePointLimit(MAX_CODE_POINTS).build();

  private YamlDocument() {}

  /**
   * The document's root; empty, with the error recorded, when the text is not one document.
   *
   * @param begin what a document that is empty should begin with
   */
  public static Optional<Node> read(String yaml, String begin, PipelineErrors errors) {
    try {
      if (!nestedSensibly(yaml, errors)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(yaml);
      if (root.isEmpty()) {
        errors.at(1, "the declaration is empty", "begin with " + begin);
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      errors.at(line, "this is not YAML: " + context + e.getProblem(), "correct the syntax");
    } catch (ReaderException e) {
      errors.at(
          lineOf(yaml, e.getPosition()),
          String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()),
          "remove it");
    } catch (YamlEngineException e) {
      errors.at(0, "this is not YAML: " + e.getMessage(), "correct the syntax");
    }
    return Optional.empty();
  }

  /**
   * Composing is recursive, parsing is not: so the depth is known before the stack is in danger.
   */
  private static boolean nestedSensibly(String yaml, PipelineErrors errors) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(yaml)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
        if (depth > MAX_DEPTH) {
          errors.at(
              event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
              "lists and mappings are nested deeper than " + MAX_DEPTH,
              "a declaration needs no more than 6 levels");
          return false;
        }
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return true;
  }

  private static int lineOf(String yaml, int position) {
    int end = Math.min(position, yaml.length());
    return 1 + (int) yaml.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
