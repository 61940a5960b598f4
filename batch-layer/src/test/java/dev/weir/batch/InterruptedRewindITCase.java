package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rewind that dies around its transaction: everything was done, or nothing. */
class InterruptedRewindITCase extends PlayedLogCase {
  InterruptedRewindITCase() {
    super(31);
  }

  @Test
  void aCrashBeforeTheEndOfTheTransactionChangesNothing() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    // Runs when everything is done and only the commit is missing.
    crashOn(
        "CREATE CONSTRAINT TRIGGER crash AFTER UPDATE ON weir.head DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW");
    List<String> files = files();
    String served = served();

    assertThatThrownBy(() -> fixture.rewind(1)).isInstanceOf(SQLException.class);

    assertThat(served()).isEqualTo(served);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3)");
    assertThat(text("SELECT path FROM weir.file_to_delete")).isNull();
    assertThat(files()).containsAll(files);
    fixture.database.execute("DROP TRIGGER crash ON weir.head");
    assertThat(fixture.rewind(1).succeeded()).isTrue();
    log.assertSound();
    fixture.assertBatchRows(committed());
  }

  @Test
  void filesThatACrashAfterTheTransactionLeavesAreDeletedByTheNextRun() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.onStep =
        step -> {
          if (step.equals("deleting files")) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> fixture.rewind(1)).hasMessage("killed");
    fixture.speed.rewound(1);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1)");
    assertThat(text("SELECT state FROM weir.batch_run")).isEqualTo("(published)");

    fixture.onStep = steps::add;
    assertThat(fixture.rewind(1).succeeded()).isTrue();

    log.assertSound();
    assertThat(archive.resolve(fixture.speed.paths().get(2))).doesNotExist();
  }

  @Test
  void filesThatALostSessionLeavesAfterTheTransactionAreNoDamageAndTheNextRunRemovesThem()
      throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    crashAt("deleting files");
    Answer rewound = fixture.rewind(1);
    assertThat(rewound.succeeded()).as(rewound.text()).isTrue();
    assertThat(rewound.text())
        .contains("Rewound to commit 1: 2 commits were removed")
        .contains("(needless files could not be deleted, the next run tries again: ");
    fixture.speed.rewound(1);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1)");
    String needless = text("SELECT path FROM weir.file_to_delete");
    assertThat(needless).contains(fixture.speed.paths().get(5)).contains("hours/");

    fixture.onStep = steps::add;
    Answer verified = fixture.verify();
    assertThat(verified.succeeded()).as(verified.text()).isTrue();
    assertThat(verified.text()).doesNotContain("unlisted-file");
    assertThat(text("SELECT path FROM weir.file_to_delete")).isEqualTo(needless);
    assertThat(fixture.run().problems()).isEmpty();

    log.assertSound();
    fixture.assertBatchRows(committed());
    assertThat(files()).hasSize(2 + 1);
  }

  @Test
  void whatACrashBeforeTheTransactionLeavesIsRemovedByTheNextRun() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    String served = served();
    List<String> files = files();
    crashAt("removing commits");
    assertThatThrownBy(() -> fixture.rewind(1)).isInstanceOf(SQLException.class);

    assertThat(served()).isEqualTo(served);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3)");
    assertThat(text("SELECT state, kind FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(running,rewind)");
    assertThat(text("SELECT DISTINCT tag FROM weir.row_digest WHERE layer = 'hour'"))
        .isEqualTo("(1) (2)");
    assertThat(files()).hasSizeGreaterThan(files.size());

    fixture.onStep = steps::add;
    assertThat(fixture.run().problems()).isEmpty();
    assertThat(text("SELECT state, message FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(failed,\"the run was interrupted\")");
    log.assertSound();
    fixture.assertBatchRows(committed());
    assertThat(files()).containsAll(files).hasSize(files.size() + 1);
  }

  @Test
  void itsTransactionIsEndedByTheServerWhenItsProcessHangs() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.database.execute(
        """
        CREATE FUNCTION public.tell() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE 'ended after %', current_setting('idle_in_transaction_session_timeout');
        END $$""");
    fixture.database.execute(
        "CREATE TRIGGER tell BEFORE UPDATE ON weir.head EXECUTE FUNCTION public.tell()");

    assertThatThrownBy(() -> fixture.rewind(1)).hasMessageContaining("ended after 30s");

    fixture.database.execute("DROP TRIGGER tell ON weir.head");
    assertThat(fixture.rewind(1).succeeded()).isTrue();
    log.assertSound();
  }

  /** Ends the rewind's database session at a step, as if its process had died. */
  private void crashAt(String at) {
    fixture.onStep =
        step -> {
          if (step.equals(at)) {
            fixture.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND objsubid = 1");
          }
        };
  }

  private String served() {
    return text("SELECT * FROM weir.coverage") + text("SELECT * FROM weir.coverage_history");
  }
}
