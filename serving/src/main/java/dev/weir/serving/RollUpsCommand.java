package dev.weir.serving;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import dev.weir.serving.rollup.RollUpDamage;
import dev.weir.serving.rollup.RollUpReport;
import dev.weir.serving.rollup.VerifyRollUps;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;

/** The command {@code roll-ups}: compares them with what they are made of, and mends them. */
final class RollUpsCommand {
  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int WRONG_USE = 2;

  private static final List<String> WORDS = List.of("verify", "repair");

  private static final List<Option> OPTIONS =
      Stream.concat(
              Stream.of(
                  new Option("pipeline", "file", null, "the pipeline's declaration"),
                  new Option(
                      "from",
                      "time",
                      "",
                      "only event hours from this full hour on, and their days"),
                  new Option("to", "time", "", "the end of that range, exclusive")),
              DatabaseOptions.OPTIONS.stream())
          .toList();

  private final PrintStream out;
  private final PrintStream err;

  private RollUpsCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and gives the exit code: 0 whole, 1 damaged or not done, 2 wrong use. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    String word = arguments.size() < 2 ? "" : arguments.get(1);
    boolean help = arguments.contains("--help");
    if (help || !WORDS.contains(word)) {
      (help ? out : err).print(usage());
      return help ? DONE : WRONG_USE;
    }
    List<String> errors = new ArrayList<>();
    GivenOptions given =
        new GivenOptions(OPTIONS, arguments.subList(2, arguments.size()), environment, errors);
    DatabaseOptions database = DatabaseOptions.read(given);
    if (given.has("from") != given.has("to")) {
      errors.add("--from and --to are given together");
    }
    Instant from = hour(given, "from", Instant.EPOCH.minus(1_000_000, ChronoUnit.DAYS), errors);
    Instant to = hour(given, "to", Instant.EPOCH.plus(1_000_000, ChronoUnit.DAYS), errors);
    if (!from.isBefore(to)) {
      errors.add("--from must be before --to");
    }
    if (!errors.isEmpty()) {
      err.println(String.join("\n", errors));
      return WRONG_USE;
    }
    return new RollUpsCommand(out, err)
        .run(word, Path.of(given.text("pipeline")), database, from, to);
  }

  private static Instant hour(
      GivenOptions given, String key, Instant otherwise, List<String> errors) {
    if (!given.has(key)) {
      return otherwise;
    }
    try {
      Instant time = Instant.parse(given.text(key));
      if (time.equals(time.truncatedTo(ChronoUnit.HOURS))) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Told below, like a time that is no full hour.
    }
    errors.add(
        "--%s must be a full hour in ISO-8601, as 2026-01-01T00:00:00Z (it is %s)"
            .formatted(key, given.text(key)));
    return otherwise;
  }

  private int run(
      String word, Path declaration, DatabaseOptions database, Instant from, Instant to) {
    try {
      Pipeline pipeline = PipelineReader.read(declaration);
      VerifyRollUps rollUps =
          new VerifyRollUps(
              DatabaseConnections.forChanging(database, "weir-roll-ups-verify"), pipeline);
      RollUpReport report = rollUps.verify(from, to);
      tell(report);
      if (report.clean()) {
        return DONE;
      }
      if (word.equals("verify")) {
        out.println(wrong(report.damages().size()) + ": run 'weir repair'.");
        return NOT_DONE;
      }
      int takenBack = rollUps.takeBack(report.damages());
      if (takenBack == 0) {
        out.println("None was taken back.");
        return NOT_DONE;
      }
      out.println(
          wrong(takenBack)
              + " taken back: the layers' own rows are served instead, until the serving"
              + " application has added them up anew.");
      RollUpReport afterwards = rollUps.verify(from, to);
      tell(afterwards);
      return afterwards.clean() ? DONE : NOT_DONE;
    } catch (InvalidPipelineException e) {
      err.println(e.getMessage());
      return WRONG_USE;
    } catch (SQLException | DataAccessException e) {
      err.println(
          "the roll-ups were not compared, or not taken back: "
              + e.getMessage()
              + "\nIs --database.url right, and has serve or migrate been run?");
      return NOT_DONE;
    }
  }

  private void tell(RollUpReport report) {
    for (RollUpDamage damage : report.damages()) {
      out.println("! roll-ups: " + damage);
    }
    if (report.leftOut() > 0) {
      out.println(
          "(roll-ups: "
              + report.leftOut()
              + " event hours or days have too many series to be compared)");
    }
    if (report.clean()) {
      out.println(
          report.rows() + report.leftOut() == 0
              ? "roll-ups: there are none to compare"
              : "roll-ups: " + report.rows() + " rows compared, all agree");
    }
  }

  private static String wrong(int number) {
    return number + (number == 1 ? " wrong roll-up" : " wrong roll-ups");
  }

  private static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("java -jar weir-serving.jar roll-ups verify|repair --key value ...\n\n");
    text.append("  verify  adds roll-ups up anew, and compares; changes nothing\n");
    text.append(
        "  repair  the same; those that differ are taken back, and serve makes them anew, where\n          the rows that they are made of are whole\n\n");
    for (Option option : OPTIONS) {
      text.append(option.explained());
    }
    return text.toString();
  }
}
