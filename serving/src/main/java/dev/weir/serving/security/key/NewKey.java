package dev.weir.serving.security.key;

import dev.weir.serving.security.caller.Role;
import java.time.Instant;
import java.util.Objects;

/**
 * A key to be made.
 *
 * @param name what it is for, 1 to 100 characters
 * @param createdBy who makes it
 * @param expiresAt null for never
 */
public record NewKey(String name, Role role, String createdBy, Instant expiresAt) {
  /** Longest name. */
  public static final int MAX_NAME = 100;

  public NewKey {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a key's name has 1 to " + MAX_NAME + " printable characters: " + name);
    }
    Objects.requireNonNull(role);
    Objects.requireNonNull(createdBy);
  }

  /** Whether a key can be called that. */
  public static boolean isName(String name) {
    return name != null
        && !name.isBlank()
        && name.length() <= MAX_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }
}
