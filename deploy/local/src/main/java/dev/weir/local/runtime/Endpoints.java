package dev.weir.local.runtime;

/**
 * Addresses of the parts; {@code DIR/endpoints.json}.
 *
 * @param kafka bootstrap servers
 * @param jdbcUrl of the serving database
 * @param jobsJdbcUrl the same database as the speed and the batch layer reach it
 * @param user of the database; no password on the loopback interface
 * @param flink REST and web UI of the session cluster
 * @param serving API and dashboard
 */
public record Endpoints(
    String kafka, String jdbcUrl, String jobsJdbcUrl, String user, String flink, String serving) {
  public Endpoints {
    // A file of an earlier version does not name it.
    jobsJdbcUrl = jobsJdbcUrl == null ? jdbcUrl : jobsJdbcUrl;
  }
}
