package dev.weir.local.status;

import dev.weir.local.part.Topics;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.sql.SqlText;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Records that Kafka holds and no commit has reached yet. */
public final class Backlog {
  private final Topics topics;
  private final Pipeline pipeline;
  private final Connection connection;

  /**
   * A look at a running pipeline.
   *
   * @param connection without auto-commit
   */
  public Backlog(Endpoints endpoints, Pipeline pipeline, Connection connection) {
    this.topics = new Topics(endpoints.kafka());
    this.pipeline = pipeline;
    this.connection = connection;
  }

  public long records() throws SQLException {
    Map<TopicPartition, Long> ends = topics.endOffsets(pipeline);
    Map<TopicPartition, Long> committed = committed();
    return ends.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - committed.getOrDefault(e.getKey(), 0L)))
        .sum();
  }

  private Map<TopicPartition, Long> committed() throws SQLException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SqlText.of(Backlog.class, "committed_offsets"))) {
      while (rows.next()) {
        offsets.put(
            new TopicPartition(rows.getString("topic"), rows.getInt("partition")),
            rows.getLong("next_offset"));
      }
    } finally {
      connection.rollback(); // the next look is to see what was committed since
    }
    return offsets;
  }
}
