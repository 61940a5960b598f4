package dev.weir.serving.cube;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads answers where nobody writes meanwhile: not in one snapshot, as the application does. */
final class TestReader {
  private TestReader() {}

  static CubeReader of(DataSource database) {
    JdbcClient client = JdbcClient.create(database);
    return new CubeReader(
        client,
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        new ExactnessReader(client));
  }
}
