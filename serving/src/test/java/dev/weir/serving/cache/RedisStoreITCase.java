package dev.weir.serving.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.serving.http.BusyException;
import dev.weir.serving.option.GivenOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers kept in a real Redis, which comes and goes. */
class RedisStoreITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static RedisServer redis;

  @BeforeAll
  static void start() {
    redis = new RedisServer(folder, "secret word");
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void sharesAnswersBetweenInstancesOfOnePipeline() {
    try (AnswerStore one = store("shop", "secret word");
        AnswerStore another = store("shop", "secret word");
        AnswerStore stranger = store("bank", "secret word")) {
      keep(one, another, "a");

      assertThat(stranger.get("a")).isEmpty();
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(BusyException.class)
          .untilAsserted(one::clear);
      assertThat(one.get("a")).isEmpty();
      try (AnswerStore third = store("shop", "secret word")) {
        keep(another, third, "b");
        assertThat(third.get("a")).as("forgotten in Redis, too").isEmpty();
      }
    }
  }

  @Test
  void findsSeveralAtOnce() {
    try (AnswerStore one = store("several", "secret word");
        AnswerStore another = store("several", "secret word")) {
      keep(one, another, "near");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                one.put("far", "2".getBytes(UTF_8));
                assertThat(another.get(List.of("near", "far", "none")))
                    .containsOnlyKeys("near", "far")
                    .containsEntry("far", "2".getBytes(UTF_8));
              });
    }
  }

  @Test
  void goesOnWithoutRedisAndUsesItAgain() {
    try (AnswerStore one = store("away", "secret word");
        AnswerStore another = store("away", "secret word")) {
      keep(one, another, "before");

      redis.stop();
      one.put("near", "1".getBytes(UTF_8));
      assertThat(one.get("near")).isPresent();
      assertThat(another.get("near")).isEmpty();
      assertThatThrownBy(one::clear)
          .isInstanceOf(BusyException.class)
          .hasMessageContaining("Redis does not answer: only this process has forgotten");

      redis.start();
      keep(one, another, "after");
    } finally {
      redis.stop();
      redis.start();
    }
  }

  @Test
  void findsARedisThatStartsLater() {
    redis.stop();
    try (AnswerStore one = store("later", "secret word");
        AnswerStore another = store("later", "secret word")) {
      one.put("x", "1".getBytes(UTF_8));
      assertThat(one.get("x")).isPresent();
      redis.start();
      keep(one, another, "y");
    }
  }

  @Test
  void aWrongPasswordIsLikeNoRedis() {
    try (AnswerStore store = store("shop", "wrong")) {
      store.put("k", "1".getBytes(UTF_8));
      assertThat(store.get("k")).isPresent();
      assertThatThrownBy(store::clear).isInstanceOf(BusyException.class);
    }
  }

  @Test
  void takesNoPasswordInTheAddress() {
    List<String> errors = new ArrayList<>();
    CacheOptions.read(
        new GivenOptions(
            CacheOptions.OPTIONS,
            List.of("--cache.redis", "redis://:hidden@host", "--cache.megabytes", "0"),
            Map.of(),
            errors));

    assertThat(String.join("\n", errors))
        .contains(
            "--cache.redis must be redis://host:port or rediss://host:port, and hold no password",
            "--cache.megabytes must be a number from 1 to 65536")
        .doesNotContain("hidden");
  }

  /** Until the second has what the first keeps: connections and answers go their own way. */
  private static void keep(AnswerStore by, AnswerStore seenBy, String key) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              by.put(key, "answer".getBytes(UTF_8));
              seenBy.put("touch", new byte[0]);
              return seenBy.get(key).isPresent();
            });
    assertThat(seenBy.get(key))
        .hasValueSatisfying(a -> assertThat(a).asString().isEqualTo("answer"));
  }

  private static AnswerStore store(String pipeline, String password) {
    CacheOptions options =
        CacheOptions.read(
            new GivenOptions(
                CacheOptions.OPTIONS,
                List.of("--cache.redis=" + redis.address()),
                Map.of(CacheOptions.PASSWORD_VARIABLE, password),
                new ArrayList<>()));
    assertThat(options.toString()).doesNotContain(password);
    return options.store(pipeline);
  }
}
