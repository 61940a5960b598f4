package dev.weir.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
  private static final List<String> NAMES = List.of("source", "events");
  private static final String[][] ROWS = {{"a,\"b\"", "12"}, {null, "3456"}, {"", "7"}};

  @Test
  void csvQuotesOnlyWhatNeedsIt() throws SQLException {
    assertThat(printed(new CsvPrinter()))
        .containsExactly("source,events", "\"a,\"\"b\"\"\",12", ",3456", "\"\",7");
  }

  @Test
  void numbersAreAlignedToTheRight() throws SQLException {
    assertThat(printed(new AlignedPrinter()))
        .containsExactly(
            " source | events",
            "--------+--------",
            " a,\"b\"  |     12",
            "        |   3456",
            "        |      7",
            "(3 rows)");
  }

  private static List<String> printed(ResultPrinter printer) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(printer.print(rows(), out)).isEqualTo(ROWS.length);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** A result set by hand: the two methods that printers use. */
  private static ResultSet rows() {
    int[] at = {-1};
    ResultSetMetaData columns =
        (ResultSetMetaData)
            Proxy.newProxyInstance(
                ResultPrinterTest.class.getClassLoader(),
                new Class<?>[] {ResultSetMetaData.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getColumnCount" -> NAMES.size();
                      case "getColumnLabel" -> NAMES.get((int) arguments[0] - 1);
                      case "getColumnType" ->
                          (int) arguments[0] == 1 ? Types.VARCHAR : Types.BIGINT;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return (ResultSet)
        Proxy.newProxyInstance(
            ResultPrinterTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMetaData" -> columns;
                  case "next" -> ++at[0] < ROWS.length;
                  case "getString" -> ROWS[at[0]][(int) arguments[0] - 1];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
