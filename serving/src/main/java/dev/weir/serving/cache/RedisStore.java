package dev.weir.serving.cache;

import dev.weir.serving.http.BusyException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers in Redis for all instances, and near ones in this process.
 *
 * <p>Without Redis everything goes on: nobody waits for a connection, a command that takes longer
 * than a moment is given up, and both are tried again after a pause. Answers expire there an hour
 * after they were kept; which ones go sooner is Redis' own setting.
 */
public final class RedisStore implements AnswerStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MAX_WAITING = 1_000;
  private static final long KEPT_SECONDS = 3_600;
  private static final int DEFAULT_PORT = 6379;
  private static final int SCANNED_KEYS = 500;

  private final HeapStore near;
  private final URI address;
  private final String prefix;
  private final RedisURI target;
  private final RedisClient client = RedisClient.create();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean connecting = new AtomicBoolean();
  private final AtomicLong nextTryNanos = new AtomicLong(System.nanoTime());
  private volatile StatefulRedisConnection<String, byte[]> connection;

  RedisStore(HeapStore near, URI address, String password, String pipeline) {
    this.near = near;
    this.address = address;
    this.prefix = "weir:" + pipeline + ":answer:";
    RedisURI.Builder builder =
        RedisURI.builder()
            .withHost(address.getHost())
            .withPort(address.getPort() < 0 ? DEFAULT_PORT : address.getPort())
            .withSsl(address.getScheme().equals("rediss"))
            .withTimeout(PATIENCE);
    if (!password.isEmpty()) {
      builder.withPassword(password.toCharArray());
    }
    this.target = builder.build();
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
            .requestQueueSize(MAX_WAITING)
            .socketOptions(SocketOptions.builder().connectTimeout(PAUSE).build())
            .build());
    connect();
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(get(List.of(key)).get(key));
  }

  @Override
  public Map<String, byte[]> get(List<String> keys) {
    Map<String, byte[]> answers = new HashMap<>(near.get(keys));
    String[] others =
        keys.stream()
            .filter(key -> !answers.containsKey(key))
            .map(key -> prefix + key)
            .toArray(String[]::new);
    StatefulRedisConnection<String, byte[]> open = connection;
    if (others.length == 0 || open == null || resting()) {
      return answers;
    }
    try {
      for (KeyValue<String, byte[]> kept : open.sync().mget(others)) {
        if (kept.hasValue()) {
          String key = kept.getKey().substring(prefix.length());
          answers.put(key, kept.getValue());
          near.put(key, kept.getValue());
        }
      }
      isThere();
    } catch (RedisException e) {
      isAway(e);
    }
    return answers;
  }

  @Override
  public void put(String key, byte[] answer) {
    near.put(key, answer);
    StatefulRedisConnection<String, byte[]> open = connection;
    if (open == null) {
      connect();
      return;
    }
    if (resting()) {
      return;
    }
    var unused =
        open.async()
            .setex(prefix + key, KEPT_SECONDS, answer)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    isThere();
                  } else {
                    isAway(failure);
                  }
                });
  }

  /**
   * Forgets the answers of all instances, but for those near to others: which are right, too.
   *
   * @throws BusyException if Redis is away; those of this process are forgotten then
   */
  @Override
  public void clear() {
    near.clear();
    StatefulRedisConnection<String, byte[]> open = connection;
    try {
      if (open == null) {
        connect();
        throw new RedisException("not connected");
      }
      ScanIterator<String> keys =
          ScanIterator.scan(
              open.sync(), ScanArgs.Builder.matches(prefix + "*").limit(SCANNED_KEYS));
      while (keys.hasNext()) {
        open.sync().unlink(keys.next());
      }
    } catch (RedisException e) {
      isAway(e);
      throw new BusyException(
          "Redis does not answer: only this process has forgotten its answers. Try again when Redis is back.");
    }
  }

  /** Connects beside the caller, unless that was tried just now. */
  private void connect() {
    long next = nextTryNanos.get();
    if (System.nanoTime() - next < 0 || !connecting.compareAndSet(false, true)) {
      return;
    }
    nextTryNanos.set(System.nanoTime() + PAUSE.toNanos());
    var unused =
        client
            .connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), target)
            .whenComplete(
                (opened, failure) -> {
                  if (failure == null) {
                    connection = opened;
                    isThere();
                  } else {
                    isAway(failure);
                  }
                  connecting.set(false);
                });
  }

  /** Whether Redis did not answer just now: nobody else waits for it meanwhile. */
  private boolean resting() {
    return away.get() && System.nanoTime() - nextTryNanos.get() < 0;
  }

  private void isAway(Throwable failure) {
    nextTryNanos.set(System.nanoTime() + PAUSE.toNanos());
    if (away.compareAndSet(false, true)) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      LOG.warn(
          "Redis at {} does not answer ({}): answers are kept in this process until it is back",
          address,
          cause.getMessage());
    }
  }

  private void isThere() {
    if (away.compareAndSet(true, false)) {
      LOG.info("Redis at {} answers again", address);
    }
  }

  @Override
  public void close() {
    near.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
