package dev.weir.local.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * A prompt in the manner of psql: statements end with a semicolon, backslash commands with the
 * line.
 */
public final class SqlPrompt {
  private static final String HELP =
      """
      A statement may span lines and ends with ;
        \\dt [SCHEMA]   tables and views (of serving)
        \\d NAME        columns of a table or view
        \\d+ NAME       the same with what each column is
        \\?             this help
        \\q             quit (or Ctrl-D)
      To begin with:
        \\dt
        SELECT * FROM serving.<cube>_hour ORDER BY bucket DESC LIMIT 10;
        SELECT * FROM serving.freshness;
      """;
  private static final Map<String, String> CATALOG =
      Map.of(
          "\\dt",
          "SELECT table_schema AS schema, table_name AS name, lower(replace(table_type, 'BASE ', '')) AS type"
              + " FROM information_schema.tables WHERE table_schema = '%s' ORDER BY 1, 2",
          "\\d",
          columns(""),
          "\\d+",
          columns(", col_description(c.oid, a.attnum) AS description"));

  private static String columns(String more) {
    return "SELECT a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type"
        + more
        + " FROM pg_attribute AS a"
        + " JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        + " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        + " WHERE a.attnum > 0 AND NOT a.attisdropped"
        + " AND (n.nspname || '.' || c.relname = '%s' OR c.relname = '%1$s')"
        + " ORDER BY n.nspname, c.relname, a.attnum";
  }

  private final QueryRunner queries;
  private final PrintStream out;
  private final PrintStream errors;
  private final boolean prompting;

  /**
   * @param out for the prompt and help; results go where {@code queries} prints them
   * @param prompting false where input is not typed
   */
  public SqlPrompt(QueryRunner queries, PrintStream out, PrintStream errors, boolean prompting) {
    this.queries = queries;
    this.out = out;
    this.errors = errors;
    this.prompting = prompting;
  }

  /**
   * Reads until the end or {@code \q}.
   *
   * @return whether every statement succeeded
   */
  public boolean run(BufferedReader in) throws IOException {
    boolean good = true;
    StringBuilder statement = new StringBuilder();
    if (prompting) {
      out.println("Weir's serving database, read only. \\? for help, \\q to quit.");
    }
    for (String line = prompt(in, statement); line != null; line = prompt(in, statement)) {
      String word = line.strip();
      if (statement.isEmpty() && word.startsWith("\\")) {
        if (word.equals("\\q")) {
          return good;
        }
        good &= command(word);
        continue;
      }
      statement.append(line).append('\n');
      if (word.endsWith(";")) {
        good &= query(statement.toString());
        statement.setLength(0);
      }
    }
    return statement.toString().isBlank() ? good : query(statement.toString()) && good;
  }

  private String prompt(BufferedReader in, StringBuilder statement) throws IOException {
    if (prompting) {
      out.print(statement.isEmpty() ? "weir=> " : "weir-> ");
      out.flush();
    }
    return in.readLine();
  }

  private boolean command(String line) {
    String[] words = line.replaceAll("[;\\s]+$", "").split("\\s+", 2);
    String command = words[0].toLowerCase(Locale.ROOT);
    if (command.equals("\\?")) {
      out.print(HELP);
      return true;
    }
    if (!CATALOG.containsKey(command) || (words.length == 1 && !command.equals("\\dt"))) {
      errors.print(line + " is none of the commands there are.\n" + HELP);
      return false;
    }
    String argument = words.length > 1 ? words[1] : "serving";
    String query = String.format(CATALOG.get(command), argument.replace("'", "''"));
    try {
      if (!queries.hasRows(query)) {
        errors.println(
            "There is nothing called " + argument + ". \\dt lists what the schema serving has.");
        return false;
      }
    } catch (SQLException e) {
      errors.println(e.getMessage());
      return false;
    }
    return query(query);
  }

  private boolean query(String text) {
    try {
      queries.run(text);
      return true;
    } catch (SQLException e) {
      errors.println(e.getMessage());
      return false;
    }
  }
}
