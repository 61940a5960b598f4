package dev.weir.serving.security.key;

import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.security.audit.AuditTarget;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/keys}: administrators make, list and revoke API keys. */
@RestController
@RequestMapping("/api/v1/keys")
class KeyResource {
  private final KeyStore store;
  private final ApiKeys keys;
  private final Clock clock;

  KeyResource(KeyStore store, ApiKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  /** All keys, the revoked ones last. */
  record Keys(List<Described> keys) {}

  /**
   * A key without its secret.
   *
   * @param state usable, expired or revoked
   */
  record Described(
      long id,
      String prefix,
      String name,
      String role,
      String state,
      Instant createdAt,
      String createdBy,
      Instant expiresAt,
      Instant revokedAt,
      Instant lastUsedAt) {}

  /**
   * What to make.
   *
   * @param expires a span, date or time; absent: never
   */
  record Asked(String name, String role, String expires) {}

  /**
   * A key that was made.
   *
   * @param key the key itself; it is not shown again
   */
  record Made(String key, Described about) {
    /** Without the key. */
    @Override
    public String toString() {
      return "a new key: " + about;
    }
  }

  @GetMapping
  Keys keys() {
    return new Keys(store.all().stream().map(this::describe).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Made create(
      @RequestBody Asked asked,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request) {
    KeyStore.Created created = store.create(checked(asked, caller));
    AuditTarget.of(request, target(created.key()));
    return new Made(created.text().revealed(), describe(created.key()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable long id, HttpServletRequest request) {
    ApiKey revoked =
        store
            .revoke(id)
            .orElseThrow(
                () ->
                    new ErrorResponseException(
                        HttpStatus.NOT_FOUND,
                        ProblemDetail.forStatusAndDetail(
                            HttpStatus.NOT_FOUND,
                            "There is no key with the id " + id + "; GET /api/v1/keys lists them."),
                        null));
    keys.changed(revoked.prefix());
    AuditTarget.of(request, target(revoked));
  }

  private NewKey checked(Asked asked, Caller caller) {
    List<ParameterProblem> problems = new ArrayList<>();
    if (!NewKey.isName(asked.name())) {
      problems.add(
          new ParameterProblem(
              "name",
              "it is missing or cannot be used",
              "say what the key is for, in 1 to " + NewKey.MAX_NAME + " printable characters"));
    }
    String word = asked.role() == null ? "" : asked.role();
    if (Role.of(word).isEmpty()) {
      problems.add(
          new ParameterProblem(
              "role",
              word.isEmpty() ? "it is missing" : "there is no such role",
              "use one of " + String.join(", ", Role.words())));
    }
    Instant expiry = null;
    if (asked.expires() != null) {
      try {
        expiry = Expiry.parse(asked.expires(), clock.instant());
      } catch (IllegalArgumentException e) {
        problems.add(new ParameterProblem("expires", "it is not usable", "use " + Expiry.FORMS));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadParametersException(problems);
    }
    return new NewKey(asked.name(), Role.of(word).orElseThrow(), caller.described(), expiry);
  }

  private Described describe(ApiKey key) {
    return new Described(
        key.id(),
        key.prefix(),
        key.name(),
        key.role().word(),
        key.state(clock.instant()).name().toLowerCase(Locale.ROOT),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt(),
        key.revokedAt(),
        key.lastUsedAt());
  }

  private static String target(ApiKey key) {
    return "key "
        + key.id()
        + " "
        + key.prefix()
        + " "
        + key.role().word()
        + " ("
        + key.name()
        + ")";
  }
}
