package dev.weir.serving.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps answers in this process, those asked for most often and most recently. */
public final class HeapStore implements AnswerStore {
  /** What an entry needs besides its bytes, roughly. */
  private static final int OVERHEAD_BYTES = 200;

  private final Cache<String, byte[]> answers;

  /**
   * @param bytes that all answers may have together
   */
  public HeapStore(long bytes) {
    answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String key, byte[] answer) -> answer.length + OVERHEAD_BYTES)
            .build();
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  @Override
  public Map<String, byte[]> get(List<String> keys) {
    return answers.getAllPresent(keys);
  }

  @Override
  public void put(String key, byte[] answer) {
    answers.put(key, answer);
  }

  @Override
  public void clear() {
    answers.invalidateAll();
  }

  @Override
  public void close() {
    clear();
  }
}
