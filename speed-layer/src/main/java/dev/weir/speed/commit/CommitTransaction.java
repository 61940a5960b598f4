package dev.weir.speed.commit;

import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFile.HourEntry;
import dev.weir.speed.commit.Committable.CubeDeltas;
import dev.weir.speed.commit.Committable.ReasonCount;
import dev.weir.speed.commit.Committable.SampledLetter;
import dev.weir.speed.commit.Committable.SourceTotals;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The statements that apply one committable as one commit. The head is locked and nothing stands
 * against it.
 */
final class CommitTransaction {
  private final Connection connection;
  private final Committable committable;
  private final long commit;

  /**
   * @param commit the number the committable gets
   */
  CommitTransaction(Connection connection, Committable committable, long commit) {
    this.connection = connection;
    this.committable = committable;
    this.commit = commit;
  }

  /** Everything, the head last. */
  void apply() throws SQLException {
    update(
        Statements.INSERT_LEDGER,
        commit,
        committable.uuid(),
        committable.parent(),
        committable.attempt(),
        committable.jobId(),
        committable.checkpoint(),
        utc(committable.minEventTime()),
        utc(committable.maxEventTime()));
    for (SourceTotals source : committable.sources()) {
      update(
          Statements.INSERT_SOURCE,
          commit,
          source.source(),
          source.in(),
          source.counted(),
          source.duplicate(),
          source.deadLettered(),
          source.filtered());
    }
    insertOffsets();
    insertDeadLetters();
    for (FileWritten file : committable.files()) {
      list(file);
    }
    for (CubeDeltas deltas : committable.deltas()) {
      SpeedRows.copy(connection, deltas, commit);
      noteDigests(deltas);
    }
    update(
        Statements.NOTE_DEFINITIONS_WITHOUT_ROWS,
        commit,
        text(committable.deltas().stream().map(CubeDeltas::cube).toList()),
        text(committable.deltas().stream().map(CubeDeltas::definitionHash).toList()));
    update(Statements.INSERT_JOURNAL, commit);
    update(Statements.MOVE_HEAD, commit, committable.uuid(), committable.checkpoint(), commit);
  }

  /** Asked of the rows as they are stored, so that any change of them is found from now on. */
  private void noteDigests(CubeDeltas deltas) throws SQLException {
    if (deltas.rows() > 0) {
      try (PreparedStatement note = connection.prepareStatement(Statements.NOTE_DIGESTS)) {
        bind(
            note,
            deltas.cube(),
            deltas.definitionHash(),
            connection.createArrayOf("timestamptz", deltas.data().hours().toArray()),
            commit);
        note.execute();
      }
    }
  }

  private void insertOffsets() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(Statements.INSERT_OFFSET)) {
      for (NextOffset offset : committable.offsets()) {
        bind(
            insert,
            commit,
            offset.source(),
            offset.topic(),
            offset.partition(),
            offset.nextOffset());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void insertDeadLetters() throws SQLException {
    for (ReasonCount count : committable.deadLetters()) {
      update(
          Statements.INSERT_DEAD_LETTER_COUNT,
          commit,
          count.source(),
          count.reason(),
          count.records());
    }
    try (PreparedStatement insert =
        connection.prepareStatement(Statements.INSERT_DEAD_LETTER_SAMPLE)) {
      for (SampledLetter sample : committable.samples()) {
        bind(
            insert,
            commit,
            sample.source(),
            sample.topic(),
            sample.partition(),
            sample.offset(),
            utc(sample.recordTime()),
            sample.reason(),
            sample.detail(),
            sample.raw());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void list(FileWritten written) throws SQLException {
    ArchiveFile file = written.file();
    update(
        Statements.LIST_FILE,
        file.path(),
        written.kind().manifestName(),
        file.bytes(),
        file.rows(),
        commit,
        numbers(file.hours(), hour -> hour.hourMillis() / 1000),
        numbers(file.hours(), HourEntry::rows),
        numbers(file.hours(), HourEntry::hashSum));
  }

  private java.sql.Array numbers(List<HourEntry> hours, ToLongFunction<HourEntry> field)
      throws SQLException {
    return connection.createArrayOf("bigint", hours.stream().mapToLong(field).boxed().toArray());
  }

  private java.sql.Array text(List<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
