package dev.weir.batch.repair;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.publish.AbsorbedLess;
import dev.weir.batch.publish.DiscardVersion;
import dev.weir.batch.publish.LetGoOfFiles;
import dev.weir.batch.publish.SealHours;
import dev.weir.batch.repair.DamagedHour.Version;
import dev.weir.batch.repair.Remedy.Kind;
import dev.weir.batch.select.DeclaredCubes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to damaged event hours before and after they are recomputed or folded. Each step is
 * one transaction under the fence; a repair that dies between them is simply run again.
 */
public final class MendHours {
  private final Connection connection;
  private final long version;
  private final DeclaredCubes cubes;

  /**
   * @param version of the run, which must hold the fence
   */
  public MendHours(Connection connection, long version, DeclaredCubes cubes) {
    this.connection = connection;
    this.version = version;
    this.cubes = cubes;
  }

  /** Lets go of damaged compacted files, and seals the hours that are to be folded. */
  public void prepare(List<Remedy> remedies) throws SQLException, RunRefusedException {
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          for (Remedy remedy : remedies) {
            long[] hour = {remedy.hour().hourMillis()};
            if (remedy.kind() == Kind.RECOMPUTE_FROM_ARRIVALS) {
              LetGoOfFiles.compacted(connection, hour);
            } else if (remedy.kind() == Kind.SEAL) {
              stepBack(remedy);
              RemoveUnserved.foreignSpeedRows(connection, cubes, hour[0]);
              SealHours.seal(
                  connection,
                  hour,
                  SealHours.Reason.DAMAGED,
                  "repair " + version + ": " + remedy.why());
            }
          }
        });
  }

  /** Serves the hour by what it is folded from, and has the next run look for what is not in it. */
  private void stepBack(Remedy remedy) throws SQLException {
    DiscardVersion discard = new DiscardVersion(connection);
    for (int cube = 0; cube < cubes.names().length; cube++) {
      List<Version> versions = remedy.hour().cubes().get(cube).versions();
      Version base = remedy.bases().get(cube);
      if (!versions.isEmpty() && !versions.get(0).equals(base)) {
        var hour = UtcTime.ofMillis(remedy.hour().hourMillis());
        String name = cubes.names()[cube];
        String definition = cubes.definitions()[cube];
        long kept = base.version();
        Statements.execute(connection, "forget-later-versions", name, definition, hour, kept);
        Statements.execute(
            connection, "serve-version", kept, base.absorbed(), name, definition, hour);
        Statements.execute(connection, "remove-coverage", hour);
        long absorbed = kept > 0 ? base.absorbed() : remedy.hour().firstArrivals() - 1;
        AbsorbedLess.note(connection, name, definition, absorbed);
        for (Version later : versions) {
          if (later.version() > kept) {
            discard.rows(later.version());
          }
        }
      }
    }
  }

  /** Removes what is not served: other versions, absorbed speed rows, rows nobody noted. */
  public void removeUnserved(List<DamagedHour> hours, long through)
      throws SQLException, RunRefusedException {
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          for (DamagedHour hour : hours) {
            RemoveUnserved.of(
                connection, cubes, hour.hourMillis(), hour.arrivals().isEmpty() ? through : 0);
          }
        });
  }

  /**
   * Lets go of damaged files that no hour needs any more.
   *
   * @param files damaged ones
   * @param lost event hours that cannot be repaired, epoch milliseconds: their arrivals stay
   * @return what that means, for a person to read
   */
  public List<String> letGo(List<Long> files, long[] lost)
      throws SQLException, RunRefusedException {
    List<String> done = new ArrayList<>();
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          LetGoOfFiles.announced(connection, version);
          LetGoOfFiles.arrivals(connection);
          Array damaged = connection.createArrayOf("bigint", files.toArray());
          Array kept = connection.createArrayOf("timestamptz", UtcTime.texts(lost));
          letGo("let-go-needless-arrivals", " is no longer needed", done, damaged, kept);
          letGo("let-go-lost-files", " is lost and no longer listed", done, damaged);
        });
    return done;
  }

  private void letGo(String statement, String what, List<String> done, Array... values)
      throws SQLException {
    try (PreparedStatement letGo =
        connection.prepareStatement(SqlFile.read(MendHours.class, statement))) {
      for (int i = 0; i < values.length; i++) {
        letGo.setArray(i + 1, values[i]);
      }
      try (ResultSet row = letGo.executeQuery()) {
        while (row.next()) {
          done.add(row.getString(1) + what);
        }
      }
    }
  }
}
