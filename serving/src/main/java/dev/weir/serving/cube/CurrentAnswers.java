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

  private final StateReader states;
  private final CubeReader reader;
  private final CubeJson json;
  private final TransactionTemplate snapshot;
  private final AnswerStore store;
  private final SharedQuestions<CurrentAnswer> shared = new SharedQuestions<>();

  CurrentAnswers(
      StateReader states,
      CubeReader reader,
      CubeJson json,
      TransactionTemplate snapshot,
      AnswerStore store) {
    this.states = states;
    this.reader = reader;
    this.json = json;
    this.snapshot = snapshot;
    this.store = store;
  }

  CurrentAnswer answer(CubeQuery query) {
    String question = query.text();
    return shared.ask(
        question, () -> kept(query, question).orElseGet(() -> computed(query, question)));
  }

  private Optional<CurrentAnswer> kept(CubeQuery query, String question) {
    ServedState state = states.read(query);
    if (state.live()) {
      return Optional.empty();
    }
    String key = key(question, state);
    return store.get(key).map(bytes -> new CurrentAnswer(key, bytes));
  }

  private CurrentAnswer computed(CubeQuery query, String question) {
    return snapshot.execute(
        transaction -> {
          ServedState state = states.read(query);
          byte[] bytes = json.compressed(query, reader.answer(query));
          if (state.live()) {
            return new CurrentAnswer(digest(bytes), bytes);
          }
          String key = key(question, state);
          store.put(key, bytes);
          return new CurrentAnswer(key, bytes);
        });
  }

  /** Of this very program: another version may answer the same in another form. */
  private static String key(String question, ServedState state) {
    String text = question + '\n' + state.text() + '\n' + PROGRAM;
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
