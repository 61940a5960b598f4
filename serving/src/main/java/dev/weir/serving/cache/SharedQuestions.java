package dev.weir.serving.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets those who ask the same at the same time share one answer, without anybody getting an answer
 * that began before they asked: while one is computed, all who come wait for the next one. So equal
 * questions are computed one after the other, however many ask them.
 *
 * @param <A> the answer
 */
public final class SharedQuestions<A> {
  private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

  /** Those who ask one question. */
  private final class Line {
    private final ReentrantLock computing = new ReentrantLock();
    private CompletableFuture<A> next; // Not begun; null while nobody waits. Guarded by this.
    private int asking; // Changed inside of the map's compute only.
  }

  /**
   * The answer to a question.
   *
   * @param question equal for equal questions
   * @param answer computes it; runs in the thread of one of those who ask
   * @throws RuntimeException what the computation threw, to all who shared it
   */
  public A ask(String question, Supplier<A> answer) {
    Line line =
        lines.compute(
            question,
            (key, present) -> {
              Line entered = present == null ? new Line() : present;
              entered.asking++;
              return entered;
            });
    try {
      return join(line, answer);
    } finally {
      lines.computeIfPresent(question, (key, left) -> --left.asking == 0 ? null : left);
    }
  }

  private A join(Line line, Supplier<A> answer) {
    CompletableFuture<A> shared;
    boolean first;
    synchronized (line) {
      first = line.next == null;
      if (first) {
        line.next = new CompletableFuture<>();
      }
      shared = line.next;
    }
    if (first) {
      line.computing.lock();
      try {
        synchronized (line) {
          line.next = null;
        }
        shared.complete(answer.get());
      } catch (RuntimeException | Error e) {
        shared.completeExceptionally(e);
      } finally {
        line.computing.unlock();
      }
    }
    try {
      return shared.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
