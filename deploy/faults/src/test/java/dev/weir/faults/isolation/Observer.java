package dev.weir.faults.isolation;

import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.postgresql.PGStatement;

/**
 * Reads what is served and checks it: the answer is a function of the commit log and of the preview
 * alone, whatever the batch layer has done or is doing.
 */
final class Observer implements AutoCloseable {
  private static final List<String> GRAINS = List.of("minute", "hour", "day");

  private final History history;
  private final List<String> views = new ArrayList<>();
  private final String query;
  private final Connection connection;
  private final PreparedStatement served;
  private final PreparedStatement snapshot;
  private final PreparedStatement contradictions;
  private final PreparedStatement alterations;
  private final PreparedStatement files;
  private final Map<String, Served> known = new ConcurrentHashMap<>();

  Observer(TestDatabase database, Pipeline pipeline, History history) throws Exception {
    this.history = history;
    for (Cube cube : pipeline.cubes()) {
      GRAINS.forEach(grain -> views.add(cube.name() + "_" + grain));
    }
    this.connection = database.connect();
    this.query = query(pipeline);
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      // Planned once: the merged views cost more to plan than to read here.
      statement.execute("SET plan_cache_mode = force_generic_plan; SET jit = off");
    }
    connection.commit();
    served = prepare(query);
    snapshot = prepare("SELECT pg_current_snapshot()::text");
    contradictions = prepare(Stage.text("contradictions.sql"));
    alterations = prepare(Stage.text("alterations.sql"));
    files = prepare("SELECT path FROM weir.archive_file WHERE deleted_at IS NULL AND bytes > 0");
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    return statement;
  }

  private String query(Pipeline pipeline) throws SQLException {
    String shown =
        pipeline.cubes().stream()
            .map(
                cube ->
                    "SELECT base, seq, writer FROM " + CubeTables.of(pipeline, cube).liveTable())
            .collect(Collectors.joining(" UNION ALL "));
    StringBuilder sql = new StringBuilder("SELECT h.commit, (SELECT coalesce(string_agg(DISTINCT ");
    sql.append("l.base || '/' || l.seq, ' ' ORDER BY l.base || '/' || l.seq), '') FROM (");
    sql.append(shown);
    sql.append(") AS l JOIN weir.live_writer AS w USING (writer) WHERE l.base >= h.live_base)");
    for (String view : views) {
      sql.append(", (SELECT (sum(v.event_count), md5(string_agg(v::text, ' ' ORDER BY v::text)))");
      sql.append("::text FROM (SELECT ").append(columns(view));
      sql.append(" FROM serving.").append(view).append(") AS v)");
    }
    return sql.append(" FROM weir.head AS h").toString();
  }

  private String columns(String view) throws SQLException {
    try (PreparedStatement columns =
        connection.prepareStatement(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM"
                + " information_schema.columns WHERE table_schema = 'serving' AND table_name = ?"
                + " AND column_name <> 'status'")) {
      columns.setString(1, view);
      try (ResultSet row = columns.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** What the views answer in a connection's transaction, which must be right. */
  Served read(Connection reader) throws SQLException {
    try (PreparedStatement statement = reader.prepareStatement(query)) {
      return served(statement);
    }
  }

  private Served served(PreparedStatement statement) throws SQLException {
    Map<String, Long> events = new HashMap<>();
    Map<String, String> contents = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      for (int view = 0; view < views.size(); view++) {
        String[] answer = row.getString(3 + view).replaceAll("[()]", "").split(",", -1);
        events.put(views.get(view), Long.valueOf(answer[0]));
        contents.put(views.get(view), answer[1]);
      }
      Served now = new Served(row.getLong(1), row.getString(2), events, contents);
      check(now);
      return now;
    }
  }

  private void check(Served now) {
    long expected = history.served(now.commit(), now.preview());
    for (String view : views) {
      long events = now.events().get(view);
      if (events != expected) {
        throw new AssertionError(
            "serving.%s counts %d events at %s, not %d"
                .formatted(view, events, now.state(), expected));
      }
    }
    Served before = known.putIfAbsent(now.state(), now);
    if (before != null && !before.equals(now)) {
      throw new AssertionError(
          "the views answer otherwise than before at %s: first %s, now %s"
              .formatted(now.state(), new TreeMap<>(before.contents()), now.contents()));
    }
  }

  /** The transactions a reader would see now: two equal answers mean equal tables. */
  String snapshot() throws SQLException {
    try {
      return texts(snapshot).get(0);
    } finally {
      connection.commit();
    }
  }

  /** What is served now, which must be right. */
  Served look() throws SQLException {
    try {
      return served(served);
    } finally {
      connection.commit();
    }
  }

  /** The same, and whether the tables and the archive agree with each other, in one snapshot. */
  Served lookAround(Stage stage) throws SQLException {
    return look(stage, contradictions);
  }

  /** The same, and whether digests and journal agree with the rows. */
  Served audit(Stage stage) throws SQLException {
    lookAround(stage);
    return look(stage, alterations);
  }

  private Served look(Stage stage, PreparedStatement findings) throws SQLException {
    try {
      List<String> found = new ArrayList<>(texts(findings));
      for (String path : texts(files)) {
        if (!stage.has(Path.of(path))) {
          found.add("file " + path + " is listed and not there");
        }
      }
      if (!found.isEmpty()) {
        throw new AssertionError(String.join("\n", found));
      }
      return served(served);
    } finally {
      connection.commit();
    }
  }

  private static List<String> texts(PreparedStatement statement) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
