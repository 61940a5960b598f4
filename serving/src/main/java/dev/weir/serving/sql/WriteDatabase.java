package dev.weir.serving.sql;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The few connections through which this application writes; answers are read through others, which
 * cannot. Statements take effect one by one.
 */
public final class WriteDatabase implements AutoCloseable {
  private final HikariDataSource connections;
  private final JdbcClient client;

  /** Takes over the connections. */
  public WriteDatabase(HikariDataSource connections) {
    this.connections = connections;
    this.client = JdbcClient.create(connections);
  }

  public JdbcClient client() {
    return client;
  }

  @Override
  public void close() {
    connections.close();
  }
}
