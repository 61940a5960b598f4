package dev.weir.batch.rollback;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.publish.AbsorbedLess;
import dev.weir.batch.publish.DiscardVersion;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.wording.Counted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Serves the version before the served one again: in one transaction, under the fence. The
 * abandoned version's rows go; the commits it had absorbed are served from their speed rows, which
 * are kept as long as a retained version needs them, and the next run absorbs them again. An hour
 * that was published for the first time is served from its speed rows alone again.
 *
 * <p>A sealed hour is left as it is: its served version may have been computed from events that are
 * gone, and a duplicate that it had dropped would come back for good.
 *
 * <p>Compacted files stay: they hold events, whatever became of the numbers made of them.
 */
public final class RollBackHours {
  private static final String SERVE = SqlFile.read(RollBackHours.class, "serve-earlier");

  private final Connection connection;
  private final RegisteredRun run;
  private final DeclaredCubes cubes;

  /**
   * @param connection the one that holds the run's lock
   */
  public RollBackHours(Connection connection, RegisteredRun run, DeclaredCubes cubes) {
    this.connection = connection;
    this.run = run;
    this.cubes = cubes;
  }

  /**
   * Rolls back.
   *
   * @param range of event hours; empty: those that the last published run serves
   * @throws RunRefusedException if a newer run has started
   */
  public RolledBack rollBack(Optional<HourRange> range) throws SQLException, RunRefusedException {
    long version = range.isPresent() ? 0 : FindSteps.lastPublished(connection);
    List<VersionStep> steps =
        version == 0 && range.isEmpty()
            ? List.of()
            : FindSteps.find(connection, cubes, range.orElse(HourRange.ALL), version);
    List<VersionStep> possible = steps.stream().filter(VersionStep::possible).toList();
    RolledBack result =
        new RolledBack(
            version,
            possible.size(),
            (int) possible.stream().mapToLong(VersionStep::hourMillis).distinct().count(),
            possible.stream()
                .filter(step -> step.earlier() == 0)
                .map(VersionStep::hour)
                .distinct()
                .toList(),
            steps.stream()
                .filter(step -> !step.possible())
                .map(step -> step.refusal(cubes.names()[step.cube()]))
                .toList());
    if (possible.isEmpty()) {
      FinishRun.nothingChanged().record(connection, run.version());
    } else {
      Transaction.<RunRefusedException>run(connection, () -> publish(possible, result));
    }
    return result;
  }

  private void publish(List<VersionStep> steps, RolledBack result)
      throws SQLException, RunRefusedException {
    RunFence.hold(connection, run.version());
    try (PreparedStatement serve = connection.prepareStatement(SERVE)) {
      setTexts(serve, 1, steps, step -> cubes.names()[step.cube()]);
      setTexts(serve, 2, steps, step -> cubes.definitions()[step.cube()]);
      long[] hours = steps.stream().mapToLong(VersionStep::hourMillis).toArray();
      serve.setArray(3, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      setLongs(serve, 4, steps, VersionStep::version);
      setLongs(serve, 5, steps, VersionStep::earlier);
      setLongs(serve, 6, steps, VersionStep::absorbedThrough);
      int served = count(serve);
      if (served != steps.size()) {
        throw new RunRefusedException(
            Counted.of(steps.size() - served, "served version")
                + " changed during this rollback; nothing was rolled back, run it"
                + " again");
      }
    }
    for (long abandoned : steps.stream().mapToLong(VersionStep::version).distinct().toArray()) {
      // No longer in the history, its rows count as those of a version that was not published.
      new DiscardVersion(connection).rows(abandoned);
    }
    absorbedLess(steps);
    new FinishRun(FinishRun.State.PUBLISHED, result.hours(), 0, 0, result.message())
        .record(connection, run.version());
  }

  private static int count(PreparedStatement serve) throws SQLException {
    try (ResultSet row = serve.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private void absorbedLess(List<VersionStep> steps) throws SQLException {
    for (int cube = 0; cube < cubes.names().length; cube++) {
      int index = cube;
      long absorbed =
          steps.stream()
              .filter(step -> step.cube() == index)
              .mapToLong(VersionStep::absorbedThrough)
              .min()
              .orElse(Long.MAX_VALUE);
      AbsorbedLess.note(connection, cubes.names()[cube], cubes.definitions()[cube], absorbed);
    }
  }

  private void setTexts(
      PreparedStatement statement,
      int index,
      List<VersionStep> steps,
      Function<VersionStep, String> value)
      throws SQLException {
    statement.setArray(
        index, connection.createArrayOf("text", steps.stream().map(value).toArray()));
  }

  private void setLongs(
      PreparedStatement statement,
      int index,
      List<VersionStep> steps,
      Function<VersionStep, Long> value)
      throws SQLException {
    statement.setArray(
        index, connection.createArrayOf("bigint", steps.stream().map(value).toArray()));
  }
}
