package dev.weir.local.command;

import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Terminal;
import dev.weir.local.sql.AlignedPrinter;
import dev.weir.local.sql.CsvPrinter;
import dev.weir.local.sql.QueryRunner;
import dev.weir.local.sql.ServingDatabase;
import dev.weir.local.sql.SqlPrompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir sql}. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Query the serving database, or open a prompt.",
    description = {
      "",
      "The merged views are, in the schema serving, <cube>_minute, <cube>_hour and <cube>_day; see"
          + " also freshness, reconciliation, disagreements, sealed_hours, conservation and"
          + " dead_letters. Nothing can be changed from here. Values of more than 60 characters, in"
          + " the last column 400, are cut; --csv has them whole.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  weir sql \"SELECT status, sum(event_count) FROM serving.traffic_day GROUP BY 1\"",
      "  weir sql --csv \"SELECT * FROM serving.routes_hour\" > routes.csv",
      "  weir sql '\\d+ serving.traffic_hour'  what each column is",
      "  weir sql                           prompt; \\? for help",
      "  weir sql < report.sql"
    })
public final class SqlCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUERY",
      description = "Without it, statements are read from standard input.")
  private Optional<String> query;

  @Option(names = "--csv", description = "Comma-separated values with a header line.")
  private boolean csv;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws IOException {
    try (Connection connection = ServingDatabase.connect(data.existing())) {
      QueryRunner queries =
          new QueryRunner(connection, csv ? new CsvPrinter() : new AlignedPrinter(), System.out);
      boolean backslash = query.filter(given -> given.strip().startsWith("\\")).isPresent();
      if (query.isPresent() && !backslash) {
        queries.run(query.get());
        return 0;
      }
      Reader in =
          backslash
              ? new StringReader(query.get())
              : new InputStreamReader(System.in, StandardCharsets.UTF_8);
      boolean prompting = !backslash && Terminal.isInput();
      SqlPrompt prompt = new SqlPrompt(queries, System.out, System.err, prompting);
      return prompt.run(new BufferedReader(in)) ? 0 : 1;
    } catch (SQLException e) {
      throw new LocalRuntimeException(e.getMessage(), e);
    }
  }
}
