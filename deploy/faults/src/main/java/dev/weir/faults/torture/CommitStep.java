package dev.weir.faults.torture;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Moment;
import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.proxy.Trigger;
import java.util.regex.Pattern;

/** The steps of the speed layer's protocol with PostgreSQL, in the order in which they come. */
public enum CommitStep {
  READ_LEDGER(
      "checkpoint complete, before the ledger is asked",
      "weir commit",
      "FROM weir\\.ledger\\s+WHERE uuid",
      Moment.BEFORE),
  LOCK_HEAD(
      "before the head is locked", "weir commit", "FROM weir\\.head\\s+FOR UPDATE", Moment.BEFORE),
  INSERT_LEDGER(
      "in the transaction, before the ledger's row",
      "weir commit",
      "INSERT INTO weir\\.ledger ",
      Moment.BEFORE),
  COPY_ROWS(
      "in the transaction, before the speed rows", "weir commit", "^COPY speed\\.", Moment.BEFORE),
  ROWS_COPIED(
      "in the transaction, after the speed rows", "weir commit", "^COPY speed\\.", Moment.AFTER),
  BEFORE_COMMIT("before COMMIT", "weir commit", "UPDATE weir\\.head\\s+SET commit", Moment.BEFORE),
  AFTER_COMMIT(
      "after COMMIT, before Flink hears of it",
      "weir commit",
      "UPDATE weir\\.head\\s+SET commit",
      Moment.AFTER),
  CLAIMED(
      "after the COMMIT of a claim",
      "weir commit",
      "UPDATE weir\\.head\\s+SET attempt",
      Moment.AFTER),
  LIVE_FLUSH("during a live flush", "weir live preview", "INSERT INTO live\\.", Moment.AFTER);

  private final String words;
  private final String application;
  private final String sql;
  private final Moment moment;

  CommitStep(String words, String application, String sql, Moment moment) {
    this.words = words;
    this.application = application;
    this.sql = sql;
    this.moment = moment;
  }

  public String words() {
    return words;
  }

  /** Does something when the step is reached next. */
  public Armed arm(PostgresProxy proxy, Trigger.Action action) {
    Trigger trigger =
        new Trigger(moment, Pattern.compile(sql), Pattern.compile(application), 0, action);
    return switch (this) {
      case READ_LEDGER, LOCK_HEAD, INSERT_LEDGER, COPY_ROWS, ROWS_COPIED, LIVE_FLUSH ->
          proxy.arm(trigger);
      case BEFORE_COMMIT, AFTER_COMMIT, CLAIMED -> proxy.armAtCommit(trigger);
    };
  }
}
