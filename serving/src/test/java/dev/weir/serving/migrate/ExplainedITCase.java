package dev.weir.serving.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person or a tool is told who looks at the database without knowing Weir. */
class ExplainedITCase {
  private static final String SCHEMAS = "('weir', 'speed', 'live', 'batch', 'rollup', 'serving')";

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    Pipeline pipeline = SamplePipeline.web();
    database = TestDatabase.empty();
    new Migration(database.dataSource(), pipeline, "declared").run();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void everySchemaIsExplained() {
    assertThat(
            database.query(
                "SELECT string_agg(nspname, ' ') FROM pg_namespace WHERE nspname IN "
                    + SCHEMAS
                    + " AND obj_description(oid, 'pg_namespace') IS NULL"))
        .isNull();
  }

  @Test
  void everyTableViewAndTypeIsExplained() {
    assertThat(
            database.query(
                """
                SELECT string_agg(c.oid::regclass::text, ' ' ORDER BY c.oid::regclass::text)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname IN %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
                  AND obj_description(c.oid, 'pg_class') IS NULL"""
                    .formatted(SCHEMAS)))
        .isNull();
    assertThat(
            database.query(
                """
                SELECT string_agg(t.oid::regtype::text, ' ')
                FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_class c ON c.oid = t.typrelid
                WHERE n.nspname IN %s AND t.typelem = 0 AND (c.oid IS NULL OR c.relkind = 'c')
                  AND obj_description(t.oid, 'pg_type') IS NULL"""
                    .formatted(SCHEMAS)))
        .isNull();
  }

  @Test
  void everyColumnIsExplained() {
    assertThat(
            database.query(
                """
                SELECT string_agg(c.oid::regclass || '.' || a.attname, ' ' ORDER BY c.oid::regclass::text, a.attnum)
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE n.nspname IN %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND NOT c.relispartition
                  AND a.attnum > 0 AND NOT a.attisdropped AND col_description(c.oid, a.attnum) IS NULL"""
                    .formatted(SCHEMAS)))
        .isNull();
  }

  @Test
  void everyFunctionAndAggregateIsExplained() {
    assertThat(
            database.query(
                """
                SELECT string_agg(p.oid::regprocedure::text, ' ' ORDER BY p.oid::regprocedure::text)
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname IN %s AND obj_description(p.oid, 'pg_proc') IS NULL"""
                    .formatted(SCHEMAS)))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serving.traffic_minute",
        "serving.traffic_hour",
        "serving.traffic_day",
        "rollup.traffic_total_day",
        "rollup.traffic_by_source_minute"
      })
  void toolsKnowTheTypesAndSketchesComeLast(String view) throws SQLException {
    String[] name = view.split("\\.", -1);
    List<String> kinds = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet columns =
            connection.getMetaData().getColumns(null, name[0], name[1].replace("_", "\\_"), "%")) {
      while (columns.next()) {
        assertThat(columns.getString("REMARKS")).isNotBlank();
        kinds.add(
            switch (columns.getInt("DATA_TYPE")) {
              case Types.TIMESTAMP, Types.VARCHAR, Types.BIGINT, Types.NUMERIC -> "known";
              case Types.STRUCT, Types.BINARY -> "sketch";
              default -> columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME");
            });
      }
    }
    assertThat(kinds).hasSizeGreaterThan(5).containsOnly("known", "sketch");
    assertThat(kinds.subList(kinds.indexOf("sketch"), kinds.size())).containsOnly("sketch");
  }

  @Test
  void theMonitoringViewsHaveKnownTypesOnly() throws SQLException {
    List<String> unknown = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet columns = connection.getMetaData().getColumns(null, "serving", "%", "%")) {
      while (columns.next()) {
        String type = columns.getString("TYPE_NAME");
        if (!List.of("timestamptz", "text", "int8", "int4", "numeric", "bool", "interval")
                .contains(type)
            && !columns.getString("TABLE_NAME").matches("(traffic|routes)_.*")) {
          unknown.add(columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME"));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }
}
