package dev.weir.speed.commit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The commit log's SQL, one statement per file beside this class. */
final class Statements {
  static final String READ_HEAD = load("read_head");
  static final String LOCK_HEAD = load("lock_head");
  static final String HEAD_HOLDER = load("head_holder");
  static final String END_FROZEN_COMMIT = load("end_frozen_commit");
  static final String FIND_COMMIT = load("find_commit");
  static final String CLAIM_HEAD = load("claim_head");
  static final String FORGET_LIVE_WRITERS = load("forget_live_writers");
  static final String END_STUCK_PREVIEWS = load("end_stuck_previews");
  static final String REGISTER_LIVE_WRITER = load("register_live_writer");
  static final String SHOW_OWNER_ALIVE = load("show_owner_alive");
  static final String RELEASE_HEAD = load("release_head");
  static final String ENSURE_DAYS = load("ensure_days");
  static final String INSERT_LEDGER = load("insert_ledger");
  static final String INSERT_SOURCE = load("insert_source");
  static final String INSERT_OFFSET = load("insert_offset");
  static final String INSERT_DEAD_LETTER_COUNT = load("insert_dead_letter_count");
  static final String INSERT_DEAD_LETTER_SAMPLE = load("insert_dead_letter_sample");
  static final String LIST_FILE = load("list_file");
  static final String NOTE_DEFINITIONS_WITHOUT_ROWS = load("note_definitions_without_rows");
  static final String NOTE_DIGESTS = load("note_digests");
  static final String INSERT_JOURNAL = load("insert_journal");
  static final String FIND_GIVEN_UP_FILE = load("find_given_up_file");
  static final String MOVE_HEAD = load("move_head");
  static final String READ_NEXT_OFFSETS = load("read_next_offsets");
  static final String READ_PIPELINE = load("read_pipeline");
  static final String READ_UNSAFE_SETTINGS = load("read_unsafe_settings");
  static final String READ_DEFINITION = load("read_definition");

  private Statements() {}

  private static String load(String name) {
    try (InputStream in = Statements.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("the statement " + name + ".sql is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the statement " + name + ".sql", e);
    }
  }
}
