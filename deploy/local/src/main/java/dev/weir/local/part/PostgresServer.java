package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.LogTail;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of its own, on the loopback interface, without passwords: whoever may log in
 * on this machine may read it. It is not meant for anything but trying Weir out.
 */
public final class PostgresServer implements Part {
  public static final String USER = "weir";
  public static final String DATABASE = "weir";

  private final DataDirectory data;
  private final int port;

  public PostgresServer(DataDirectory data, int port) {
    this.data = data;
    this.port = port;
  }

  @Override
  public String name() {
    return LocalParts.POSTGRES;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  /** The database behind a loopback port. */
  public static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  @Override
  public ProcessBuilder prepare() {
    Path folder = data.folder(name());
    Path binaries = PostgresBinaries.unpack(folder.resolve("software"));
    Path cluster = folder.resolve("data");
    UnprivilegedUser user = UnprivilegedUser.find(folder);
    if (!Files.exists(cluster.resolve("PG_VERSION"))) {
      initialise(user, binaries, folder, cluster);
    }
    PostmasterLock.releaseIfDead(cluster);
    List<String> command = new ArrayList<>(user.prefix());
    command.add(binaries.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", cluster.toString(), "-p", Integer.toString(port)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            // A socket's path may be too long here, and nothing uses it.
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            "max_connections=60",
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "random_page_cost=1.1",
            "log_min_duration_statement=5s")) {
      command.addAll(List.of("-c", setting));
    }
    return new ProcessBuilder(command).directory(folder.toFile());
  }

  /**
   * Creates the cluster beside its place and moves it there, so that half a cluster never stays.
   */
  private void initialise(UnprivilegedUser user, Path binaries, Path folder, Path cluster) {
    Path next = folder.resolve("data.next");
    try {
      FolderTree.delete(next);
      Files.createDirectory(next);
      user.give(next);
      List<String> command = new ArrayList<>(user.prefix());
      command.add(binaries.resolve("bin/initdb").toString());
      command.addAll(
          List.of("-D", next.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale"));
      File log = data.log(name()).toFile();
      int code =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start()
              .waitFor();
      if (code != 0) {
        throw new LocalRuntimeException(
            "Cannot initialise PostgreSQL. The end of " + log + ":\n" + LogTail.of(log.toPath()));
      }
      Files.move(next, cluster);
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot initialise PostgreSQL in " + cluster + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }

  @Override
  public boolean isReady() {
    String maintenance = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=2";
    if (!Loopback.answers(port)) {
      return false;
    }
    try (Connection connection = DriverManager.getConnection(maintenance, USER, "");
        var statement = connection.createStatement()) {
      var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'weir'");
      if (!found.next()) {
        statement.execute("CREATE DATABASE weir");
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
