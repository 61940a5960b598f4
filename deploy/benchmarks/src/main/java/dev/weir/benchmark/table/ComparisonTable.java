package dev.weir.benchmark.table;

import dev.weir.benchmark.peer.EngineFigures;
import dev.weir.benchmark.peer.Figure;
import dev.weir.benchmark.table.TableRow.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The table of one run, as Markdown and as data. */
final class ComparisonTable {
  private final String heading;
  private final Measured measured;
  private final List<TableRow> rows;

  /**
   * Compares what was measured with the aims.
   *
   * @param heading what ran, with how many records
   */
  ComparisonTable(String heading, Measured measured, List<Aim> aims) {
    this.heading = heading;
    this.measured = measured;
    this.rows = aims.stream().flatMap(aim -> aim.row(measured).stream()).toList();
  }

  /** The table, what was missed, and whether the machine was the run's own. */
  String markdown() {
    StringBuilder text = new StringBuilder(heading).append("\n\n");
    text.append("| what | Weir | peer | its figure | Weir : peer | aim | |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    rows.forEach(row -> text.append(row.markdown()).append('\n'));
    list(text, "Missed:", Outcome.MISSED);
    list(text, "Not measured:", Outcome.NOT_MEASURED);
    text.append("\nCores used by anything else meanwhile: ").append(others()).append(".\n");
    return text.toString();
  }

  private void list(StringBuilder text, String title, Outcome outcome) {
    List<TableRow> found = rows.stream().filter(row -> row.outcome() == outcome).toList();
    if (!found.isEmpty()) {
      text.append('\n').append(title).append("\n\n");
      found.forEach(row -> text.append("- ").append(row.sentence()).append('\n'));
    } else if (outcome == Outcome.MISSED) {
      text.append("\nNo aim was missed.\n");
    }
  }

  private String others() {
    OptionalDouble most =
        measured.all().stream()
            .flatMapToDouble(e -> e.figure(Figure.CORES_USED_BY_OTHERS).stream())
            .max();
    return most.isPresent() ? "at most " + FigureText.of(most) : "not measured";
  }

  /** Everything that was measured, a figure a line. */
  String csv() {
    StringBuilder text = new StringBuilder("work,engine,figure,value,result\n");
    for (EngineFigures engine : measured.all()) {
      if (engine.figures().isEmpty()) {
        line(text, engine, "", "");
      }
      for (Map.Entry<Figure, Double> figure : engine.figures().entrySet()) {
        line(
            text,
            engine,
            figure.getKey().title(),
            String.format(Locale.ROOT, "%.3f", figure.getValue()));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, EngineFigures engine, String figure, String value) {
    text.append(engine.work()).append(',');
    text.append(quoted(engine.engine())).append(',');
    text.append(quoted(figure)).append(',');
    text.append(value).append(',');
    text.append(quoted(engine.result())).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
