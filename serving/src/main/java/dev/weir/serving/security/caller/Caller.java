package dev.weir.serving.security.caller;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param kind by what they are known
 * @param id unique among callers of this kind: a key's prefix, a token's subject
 * @param name for a person to read
 * @param role null for a token that names none of Weir's roles: such a caller may do nothing
 * @param until when the credential ends; null for never
 */
public record Caller(Kind kind, String id, String name, Role role, Instant until) {

  /** By what a caller is known. */
  public enum Kind {
    /** Security is off: whoever reaches this machine's loopback address. */
    OPEN,
    /** An API key. */
    KEY,
    /** A token of the identity provider. */
    TOKEN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Everyone, while security is off. */
  public static final Caller ANYONE =
      new Caller(Kind.OPEN, "anyone", "anyone on this machine", Role.ADMIN, null);

  public Caller {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
  }

  /** Unique among all callers, for counting what each of them asks. */
  public String key() {
    return kind.word() + " " + id;
  }

  /** Kind and name, for the audit log. */
  public String described() {
    return kind == Kind.OPEN ? name : kind.word() + " " + id + " (" + name + ")";
  }
}
