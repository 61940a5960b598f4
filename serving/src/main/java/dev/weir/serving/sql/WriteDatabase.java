package dev.weir.serving.sql;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The few connections through which this application writes, and reads what it must know while all
 * others are in use: keys, and whether the database answers. Answers are read through others, which
 * cannot write. Statements take effect one by one.
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
