package dev.weir.serving.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps answers for as long as there is room. A key names one answer for ever, so that nothing that
 * is kept can become wrong; what is no longer asked for is forgotten in time.
 */
public interface AnswerStore extends AutoCloseable {
  /** The answer that was kept under a key, if it still is. */
  Optional<byte[]> get(String key);

  /** Those of some answers that are kept, by their keys, in one exchange. */
  Map<String, byte[]> get(List<String> keys);

  /** Keeps an answer. Never fails: then it is just not kept. */
  void put(String key, byte[] answer);

  /** Forgets all answers. */
  void clear();

  @Override
  void close();
}
