package dev.weir.serving.security;

import static org.awaitility.Awaitility.await;

import dev.weir.serving.SharedBetweenTests;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.ApiKey;
import dev.weir.serving.security.key.KeyStore;
import dev.weir.serving.security.key.NewKey;
import dev.weir.serving.security.token.IdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real application with security on, behind a proxy on this machine, with an identity provider
 * and a key for each role.
 */
final class SecuredServer implements AutoCloseable {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  final IdentityProvider provider = new IdentityProvider();
  final LogCapture log = LogCapture.begin();
  final RunningServer running;
  final Map<Role, String> keys = new EnumMap<>(Role.class);

  SecuredServer(Path folder) throws Exception {
    running =
        new RunningServer(
            folder,
            "--security=on",
            "--server.trusted-proxy=127.0.0.1",
            "--security.oidc-issuer=" + provider.issuer(),
            "--security.oidc-audience=" + IdentityProvider.AUDIENCE,
            "--security.cors-origin=https://tools.example.org",
            "--security.rate-limit=1000000",
            "--security.concurrent-requests=1000");
    for (Role role : Role.values()) {
      keys.put(role, create(role, null).text().revealed());
    }
    // The first look at the provider may take longer than a request waits for it.
    String token = provider.signed(provider.claims("reader").build());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ask("/api/v1/me").key(token).send().status() == 200);
  }

  KeyStore store() {
    return running.context().getBean(KeyStore.class);
  }

  KeyStore.Created create(Role role, Instant expiry) {
    return store().create(new NewKey("the " + role.word() + "'s", role, "test", expiry));
  }

  /** A key that was good until a moment ago. */
  String expired() {
    KeyStore.Created created = create(Role.ADMIN, null);
    running
        .database()
        .execute(
            "UPDATE weir.api_key SET expires_at = now() - interval '1 second' WHERE id = "
                + created.key().id());
    return created.text().revealed();
  }

  /** A key that was revoked. */
  String revoked() {
    KeyStore.Created created = create(Role.ADMIN, null);
    ApiKey key = store().revoke(created.key().id()).orElseThrow();
    assert key.revokedAt() != null;
    return created.text().revealed();
  }

  /** A request from an address that nobody used before. */
  Attempt ask(String path) {
    int n = ADDRESSES.incrementAndGet();
    return Attempt.at(running.uri(path)).from("198.18." + n / 250 % 250 + "." + (n % 250 + 1));
  }

  /** The one that the tests of all classes use. */
  static final class Shared extends SharedBetweenTests<SecuredServer> {
    Shared() {
      super(SecuredServer.class, SecuredServer::new, SecuredServer::close);
    }
  }

  @Override
  public void close() {
    running.close();
    log.close();
    provider.close();
  }
}
