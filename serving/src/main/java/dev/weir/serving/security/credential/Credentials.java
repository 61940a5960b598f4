package dev.weir.serving.security.credential;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import dev.weir.serving.security.key.ApiKeys;
import dev.weir.serving.security.key.KeyText;
import dev.weir.serving.security.limit.FailedAttempts;
import dev.weir.serving.security.token.Tokens;
import java.time.Clock;
import java.util.Optional;

/**
 * Tells whether a credential is good, be it a key or a token. An address that has sent many bad
 * ones must wait; a key that was accepted within the last hour is looked at meanwhile, because
 * others may be behind the same address.
 */
public final class Credentials {
  private final ApiKeys keys;
  private final Optional<Tokens> tokens;
  private final Clock clock;
  private final FailedAttempts attempts = new FailedAttempts();

  public Credentials(ApiKeys keys, Optional<Tokens> tokens, Clock clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Whether it is good.
   *
   * @param address that it came from
   */
  public Verdict check(String credential, String address) {
    if (attempts.exhausted(address) && !keys.known(credential)) {
      return new Verdict.TooManyRefused();
    }
    return counted(
        credential.startsWith(KeyText.MARK) ? keys.check(credential) : token(credential), address);
  }

  /** A verdict on something that is no credential; counts like a bad one. */
  public Verdict refuse(String claimed, String reason, String address) {
    return attempts.exhausted(address)
        ? new Verdict.TooManyRefused()
        : counted(new Verdict.Refused(claimed, reason), address);
  }

  /** Whether a key that was good is so still; never counts. */
  public Verdict recheck(String prefix) {
    return keys.recheck(prefix);
  }

  /** Whether the credential of somebody who was admitted is not known to be bad now. */
  public boolean stillGood(Caller caller) {
    if (caller.until() != null && !clock.instant().isBefore(caller.until())) {
      return false;
    }
    return caller.kind() != Caller.Kind.KEY || !(recheck(caller.id()) instanceof Verdict.Refused);
  }

  private Verdict token(String credential) {
    return tokens
        .map(known -> known.check(credential))
        .orElseGet(
            () ->
                new Verdict.Refused(
                    "a token",
                    "it is no API key, and no identity provider is configured with --security.oidc-issuer"));
  }

  private Verdict counted(Verdict verdict, String address) {
    if (verdict instanceof Verdict.Refused) {
      attempts.failed(address);
    }
    return verdict;
  }
}
