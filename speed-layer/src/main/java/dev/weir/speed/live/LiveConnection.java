package dev.weir.speed.live;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The preview's own connection to PostgreSQL and what is said over it. Used by the preview's thread
 * but for {@link #abort}.
 */
final class LiveConnection {
  private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);
  private static final String READ_STANDING = load("read_standing");

  private final DatabaseAddress address;
  private final UUID writer;
  private final List<LiveTable> tables;
  private final AtomicReference<Connection> connection = new AtomicReference<>();

  LiveConnection(DatabaseAddress address, Pipeline pipeline, UUID writer) {
    this.address = address;
    this.writer = writer;
    this.tables =
        pipeline.cubes().stream()
            .map(cube -> new LiveTable(writer, CubeTables.of(pipeline, cube)))
            .toList();
  }

  /**
   * Connects unless connected.
   *
   * @return whether the connection is new
   */
  boolean connect() throws SQLException {
    if (connection.get() != null) {
      return false;
    }
    Connection opened = address.connect(DatabaseAddress.Timeouts.SHORT, "weir live preview");
    connection.set(opened);
    try (Statement statement = opened.createStatement()) {
      // A row lost with the server is written again after the reconnect, so no flush waits for a
      // disk.
      statement.execute("SET synchronous_commit = off");
      // A few rows are looked up in a large table, whatever a plan made beforehand assumes.
      statement.execute("SET enable_hashjoin = off");
      statement.execute("SET enable_mergejoin = off");
      statement.execute("SET enable_seqscan = off");
    }
    for (LiveTable table : tables) {
      table.prepare(opened);
    }
    opened.setAutoCommit(false);
    return true;
  }

  /** What the commit log says about this writer now. Leaves its transaction open. */
  Standing standing() throws SQLException {
    try (PreparedStatement statement = connection.get().prepareStatement(READ_STANDING)) {
      statement.setObject(1, writer);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Standing(row.getBoolean("registered"), row.getLong("live_base"));
      }
    }
  }

  /** Ends the transaction. */
  void commit() throws SQLException {
    connection.get().commit();
  }

  /** Writes rows and ends the transaction. */
  void write(List<LiveRow> rows) throws SQLException {
    List<List<LiveRow>> byCube = new ArrayList<>();
    tables.forEach(t -> byCube.add(new ArrayList<>()));
    rows.forEach(row -> byCube.get(row.key().cube()).add(row));
    for (int cube = 0; cube < byCube.size(); cube++) {
      if (!byCube.get(cube).isEmpty()) {
        tables.get(cube).write(connection.get(), byCube.get(cube));
      }
    }
    commit();
  }

  /** Deletes this writer's rows of committed epochs, which no view shows any more. */
  void deleteBelow(long base) throws SQLException {
    for (LiveTable table : tables) {
      table.deleteBelow(connection.get(), base);
      commit();
    }
  }

  /** Closes the connection; an open transaction is rolled back by the server. */
  void disconnect() {
    Connection open = connection.getAndSet(null);
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("The connection of live preview {} was already broken", writer, e);
      }
    }
  }

  /** Breaks the connection, from any thread. */
  void abort() {
    Connection open = connection.get();
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("The connection of live preview {} was already broken", writer, e);
      }
    }
  }

  private static String load(String name) {
    try (InputStream in = LiveConnection.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("the statement " + name + ".sql is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the statement " + name + ".sql", e);
    }
  }

  /**
   * How the writer stands.
   *
   * @param registered whether its rows are shown
   * @param liveBase rows of earlier bases are committed; says something about this writer only
   *     while it is registered
   */
  record Standing(boolean registered, long liveBase) {}
}
