package dev.weir.batch;

import dev.weir.db.TestDatabase;
import java.util.Map;
import java.util.TreeMap;

/** Digests of all rows of every table of Weir, to see that nothing has changed. */
final class DatabaseContent {
  private DatabaseContent() {}

  /**
   * Number and digest of the rows of each table.
   *
   * @param but tables that may change, with their schema
   */
  static Map<String, String> of(TestDatabase database, String... but) {
    Map<String, String> content = new TreeMap<>();
    String tables =
        database.query(
            "SELECT string_agg(format('%I.%I', table_schema, table_name), ' ')"
                + " FROM information_schema.tables WHERE table_schema IN ('weir', 'speed', 'batch', 'live')"
                + " AND table_name NOT LIKE 'flyway%'");
    for (String table : tables.split(" ", -1)) {
      content.put(
          table,
          database.query(
              "SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), 'none') FROM "
                  + table
                  + " t"));
    }
    for (String table : but) {
      content.remove(table);
    }
    return content;
  }
}
