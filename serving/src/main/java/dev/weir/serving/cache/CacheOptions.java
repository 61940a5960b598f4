package dev.weir.serving.cache;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where answers are kept.
 *
 * @param megabytes that answers may have in this process
 * @param redis where all instances keep theirs, too; empty for nowhere
 * @param password of Redis; empty where it asks for none; never shown
 */
public record CacheOptions(int megabytes, Optional<URI> redis, String password) {
  /** Environment variable that holds the password of Redis. */
  public static final String PASSWORD_VARIABLE = "WEIR_REDIS_PASSWORD";

  private static final int MAX_MEGABYTES = 65_536;
  private static final List<String> SCHEMES = List.of("redis", "rediss");

  /** What can be given. */
  public static final List<Option> OPTIONS =
      List.of(
          new Option(
              "cache.megabytes",
              "1 to " + MAX_MEGABYTES,
              "64",
              "memory for answers that still hold, in this process"),
          new Option(
              "cache.redis",
              "redis://host:port",
              "",
              "Redis that keeps such answers for all instances, too; rediss:// for TLS"),
          new Option(
              "cache.redis-password-file",
              "file",
              "",
              "file that holds the password of Redis; without it the environment variable "
                  + PASSWORD_VARIABLE
                  + ", if set"));

  /** Reads what was given. */
  public static CacheOptions read(GivenOptions given) {
    return new CacheOptions(
        given.number("cache.megabytes", 1, MAX_MEGABYTES),
        redis(given),
        given.secret("cache.redis-password-file", PASSWORD_VARIABLE));
  }

  private static Optional<URI> redis(GivenOptions given) {
    String text = given.text("cache.redis");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> address = address(text);
    if (address.isEmpty()) {
      // The address is not repeated: it may hold a password.
      given.error(
          "--cache.redis must be redis://host:port or rediss://host:port, and hold no password:"
              + " that comes from --cache.redis-password-file or "
              + PASSWORD_VARIABLE);
    }
    return address;
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = URI.create(text);
      boolean usable =
          SCHEMES.contains(String.valueOf(address.getScheme()))
              && address.getHost() != null
              && address.getUserInfo() == null
              && String.valueOf(address.getPath()).isEmpty()
              && address.getQuery() == null;
      return usable ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes the store.
   *
   * @param pipeline tells the answers of several pipelines apart
   */
  public AnswerStore store(String pipeline) {
    HeapStore near = new HeapStore((long) megabytes << 20);
    return redis
        .<AnswerStore>map(address -> new RedisStore(near, address, password, pipeline))
        .orElse(near);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return megabytes + " MB" + redis.map(address -> " and " + address).orElse("");
  }
}
