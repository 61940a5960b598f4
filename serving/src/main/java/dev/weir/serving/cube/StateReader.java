package dev.weir.serving.cube;

import dev.weir.serving.sql.SqlTemplate;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the state that a question's answer depends on, in one short statement. */
@Component
class StateReader {
  private static final SqlTemplate STATE = SqlTemplate.load("db/query/cube_state.sql");

  private final JdbcClient database;

  StateReader(JdbcClient database) {
    this.database = database;
  }

  ServedState read(CubeQuery query) {
    Buckets earlier = query.earlier();
    Instant from =
        earlier == null || query.from().isBefore(earlier.from()) ? query.from() : earlier.from();
    return database
        .sql(STATE.fill(Map.of("live_table", ExactnessReader.table("live", query)), Map.of()))
        .param("view", CubeCatalog.view(query.shape().cube(), Granularity.MINUTE))
        .param("from", CubeSource.time(from))
        .param("to", CubeSource.time(query.to()))
        .query((row, number) -> new ServedState(row.getString("state"), row.getBoolean("live")))
        .single();
  }
}
