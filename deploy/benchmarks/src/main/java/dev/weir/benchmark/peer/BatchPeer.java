package dev.weir.benchmark.peer;

import java.util.List;

/**
 * A peer that recomputes the archive.
 *
 * @param option as it is chosen on the command line
 * @param title as it is printed
 */
public record BatchPeer(String option, String title, PeerProgram program) {

  public static final BatchPeer SPARK_SQL =
      new BatchPeer(
          "spark-sql",
          "Spark SQL, native functions, distinct()",
          new PeerProgram("spark", "spark.SparkSqlPeer", 4096, List.of()));

  public static final BatchPeer DUCKDB =
      new BatchPeer(
          "duckdb",
          "DuckDB, SELECT DISTINCT",
          new PeerProgram("duckdb", "duckdb.DuckDbPeer", 1024, List.of()));

  public static final List<BatchPeer> ALL = List.of(SPARK_SQL, DUCKDB);
}
