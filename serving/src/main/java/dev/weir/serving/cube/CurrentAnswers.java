package dev.weir.serving.cube;

import dev.weir.serving.cache.AnswerStore;
import dev.weir.serving.cache.SharedQuestions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers that are never older than the question, and computed no more often than needed.
 *
 * <p>An answer is kept under its question and the state of the database that it was read in, both
 * from one snapshot. Each question first reads the state: only an answer of that very state is
 * taken. So a commit, a published version or a changed view makes all kept answers of before
 * unreachable in the same instant. Where the range has live rows nothing is kept; whoever asks the
 * same at the same time shares one answer, whose snapshot is younger than every one of those
 * questions.
 */
@Component
class CurrentAnswers {
  private static final String PROGRAM = ProgramDigest.compute();

  private final CubeCatalog catalog;
  private final CubeReader reader;
  private final CubeJson json;
  private final HourlyAnswers hourly;
  private final TransactionTemplate snapshot;
  private final AnswerStore store;
  private final SharedQuestions<CurrentAnswer> shared = new SharedQuestions<>();

  CurrentAnswers(
      CubeCatalog catalog,
      CubeReader reader,
      CubeJson json,
      HourlyAnswers hourly,
      TransactionTemplate snapshot,
      AnswerStore store) {
    this.catalog = catalog;
    this.reader = reader;
    this.json = json;
    this.hourly = hourly;
    this.snapshot = snapshot;
    this.store = store;
  }

  /**
   * Answers a question.
   *
   * @param state what is served of its cube, read after the question was asked
   */
  CurrentAnswer answer(CubeQuery query, ServedState state) {
    if (state.isLive(query)) {
      return shared.ask(query.text(), () -> computed(query));
    }
    return kept(query, state)
        .orElseGet(() -> shared.ask(query.text(), () -> keptOrComputed(query)));
  }

  private Optional<CurrentAnswer> kept(CubeQuery query, ServedState state) {
    String key = key(query, state);
    return store.get(key).map(bytes -> new CurrentAnswer(key, bytes));
  }

  /** Of the state that its snapshot has: somebody may have kept it meanwhile. */
  private CurrentAnswer keptOrComputed(CubeQuery query) {
    return snapshot.execute(
        transaction -> {
          ServedState state = catalog.state(query.shape().cube());
          if (state.isLive(query)) {
            return tagged(json(query, state));
          }
          return kept(query, state).orElseGet(() -> keep(query, state));
        });
  }

  private CurrentAnswer keep(CubeQuery query, ServedState state) {
    String key = key(query, state);
    byte[] bytes = json(query, state);
    store.put(key, bytes);
    return new CurrentAnswer(key, bytes);
  }

  private CurrentAnswer computed(CubeQuery query) {
    return HourlyAnswers.answers(query)
        ? snapshot.execute(transaction -> tagged(json(query, catalog.state(query.shape().cube()))))
        : tagged(readAtOnce(query));
  }

  private static CurrentAnswer tagged(byte[] json) {
    return new CurrentAnswer(digest(json), json);
  }

  /** Inside of the state's snapshot. */
  private byte[] json(CubeQuery query, ServedState state) {
    Optional<byte[]> hourByHour =
        HourlyAnswers.answers(query) ? hourly.answer(query, state) : Optional.empty();
    return hourByHour.orElseGet(() -> readAtOnce(query));
  }

  private byte[] readAtOnce(CubeQuery query) {
    return json.compressed(query, reader.read(query));
  }

  private static String key(CubeQuery query, ServedState state) {
    return key(query.text(), state.text());
  }

  /** Of this very program: another version may answer the same in another form. */
  static String key(String question, String state) {
    String text = question + '\n' + state + '\n' + PROGRAM;
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(byte[] bytes) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
