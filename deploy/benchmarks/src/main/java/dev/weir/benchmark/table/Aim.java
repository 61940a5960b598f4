package dev.weir.benchmark.table;

import dev.weir.benchmark.peer.EngineFigures;
import dev.weir.benchmark.peer.Figure;
import dev.weir.benchmark.table.TableRow.Outcome;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** What Weir is to reach. */
sealed interface Aim {

  /** The row that says how far it was reached; empty if what it is about did not run. */
  Optional<TableRow> row(Measured measured);

  /**
   * So many times a peer's figure, or more.
   *
   * @param engine Weir, in one of its settings
   */
  record TimesPeer(String work, String engine, Figure figure, String peer, double atLeast)
      implements Aim {
    @Override
    public Optional<TableRow> row(Measured measured) {
      Optional<EngineFigures> weir = measured.of(work, engine);
      Optional<EngineFigures> other = measured.of(work, peer);
      return weir.isEmpty() || other.isEmpty()
          ? Optional.empty()
          : Optional.of(compare(weir.get(), other.get()));
    }

    private TableRow compare(EngineFigures weir, EngineFigures other) {
      OptionalDouble mine = weir.figure(figure);
      OptionalDouble theirs = other.figure(figure);
      boolean measured = mine.isPresent() && theirs.isPresent();
      double ratio = measured ? mine.getAsDouble() / theirs.getAsDouble() : Double.NaN;
      return new TableRow(
          work + ", " + figure.title() + ", " + engine,
          text(weir, figure),
          peer,
          text(other, figure),
          measured ? FigureText.of(ratio) : "-",
          "at least " + FigureText.of(atLeast),
          outcome(measured, ratio >= atLeast));
    }
  }

  /** A figure that is to be so large, or larger. */
  record AtLeast(String work, String engine, Figure figure, double bound) implements Aim {
    @Override
    public Optional<TableRow> row(Measured measured) {
      String aim = "at least " + FigureText.of(bound);
      return measured.of(work, engine).map(weir -> alone(weir, figure, aim, v -> v >= bound));
    }
  }

  /** A figure that is to be smaller. */
  record Under(String work, String engine, Figure figure, double bound) implements Aim {
    @Override
    public Optional<TableRow> row(Measured measured) {
      String aim = "under " + FigureText.of(bound);
      return measured.of(work, engine).map(weir -> alone(weir, figure, aim, v -> v < bound));
    }
  }

  private static TableRow alone(
      EngineFigures weir, Figure figure, String aim, DoublePredicate reached) {
    OptionalDouble value = weir.figure(figure);
    return new TableRow(
        weir.work() + ", " + figure.title() + ", " + weir.engine(),
        text(weir, figure),
        "",
        "",
        "",
        aim,
        outcome(value.isPresent(), value.isPresent() && reached.test(value.getAsDouble())));
  }

  /** The figure, and beside it what is wrong with the engine's result. */
  private static String text(EngineFigures engine, Figure figure) {
    String value = FigureText.of(engine.figure(figure));
    return engine.isExact() ? value : value + " (" + engine.result() + ")";
  }

  private static Outcome outcome(boolean measured, boolean reached) {
    if (!measured) {
      return Outcome.NOT_MEASURED;
    }
    return reached ? Outcome.MET : Outcome.MISSED;
  }
}
