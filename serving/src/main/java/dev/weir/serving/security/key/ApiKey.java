package dev.weir.serving.security.key;

import dev.weir.serving.security.caller.Role;
import java.time.Instant;

/**
 * What is known of a key; not the key.
 *
 * @param prefix second part of the key's text
 * @param name what it is for
 * @param createdBy who made it
 * @param expiresAt null for never
 * @param revokedAt null while it is not
 * @param lastUsedAt null before the first use
 */
public record ApiKey(
    long id,
    String prefix,
    String name,
    Role role,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    Instant revokedAt,
    Instant lastUsedAt) {

  /** Whether it is good at that moment. */
  public State state(Instant now) {
    if (revokedAt != null) {
      return State.REVOKED;
    }
    return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.USABLE;
  }

  /** Whether a key is good. */
  public enum State {
    USABLE,
    EXPIRED,
    REVOKED
  }
}
