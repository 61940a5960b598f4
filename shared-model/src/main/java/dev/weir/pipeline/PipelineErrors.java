package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects every error of a declaration, so that one run lists them all. */
public final class PipelineErrors {
  private final List<PipelineError> errors = new ArrayList<>();

  /** Records what is wrong with a node. */
  public void at(Node node, String problem, String remedy) {
    at(line(node), problem, remedy);
  }

  /** Records what is wrong in a line; 0: in none. */
  public void at(int line, String problem, String remedy) {
    PipelineError error = new PipelineError(line, problem, remedy);
    // An aliased node is read once per use; its mistake is one mistake.
    if (!errors.contains(error)) {
      errors.add(error);
    }
  }

  /** A name that is not one of those known: suggests the nearest, or lists them. */
  public void unknown(Node node, String problem, Collection<String> known) {
    String remedy =
        NearestName.of(text(node), known)
            .map(name -> "did you mean " + name + "?")
            .orElseGet(
                () ->
                    known.isEmpty()
                        ? "none is declared"
                        : "write one of " + String.join(", ", known));
    at(node, problem, remedy);
  }

  /** Whether nothing is wrong. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** In the order of their lines. */
  public List<PipelineError> sorted() {
    return errors.stream().sorted(Comparator.comparingInt(PipelineError::line)).toList();
  }

  /** The line in which a node begins, from 1; 0 if it is not known. */
  public static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String text(Node node) {
    return node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar ? scalar.getValue() : "";
  }
}
