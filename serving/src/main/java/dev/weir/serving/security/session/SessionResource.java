package dev.weir.serving.security.session;

import dev.weir.serving.security.answer.Refusals;
import dev.weir.serving.security.audit.AuditEntry;
import dev.weir.serving.security.audit.AuditLog;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import dev.weir.serving.security.credential.Credentials;
import dev.weir.serving.security.limit.CallerRate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1/session} with {@code {"key": ...}}, a key or token, opens a session and sets
 * its cookie; {@code DELETE} closes it. The cookie is kept from scripts and never sent from other
 * sites.
 */
@RestController
@RequestMapping("/api/v1/session")
class SessionResource {
  private final Credentials credentials;
  private final Sessions sessions;
  private final Refusals refusals;
  private final AuditLog audit;
  private final CallerRate rate;

  SessionResource(
      Credentials credentials,
      Sessions sessions,
      Refusals refusals,
      AuditLog audit,
      CallerRate rate) {
    this.credentials = credentials;
    this.sessions = sessions;
    this.refusals = refusals;
    this.audit = audit;
    this.rate = rate;
  }

  /**
   * What opens a session.
   *
   * @param key an API key, or a token
   */
  record Login(String key) {
    /** Without the key. */
    @Override
    public String toString() {
      return "a login";
    }
  }

  /**
   * The session that was opened.
   *
   * @param csrf to be repeated in the header X-Weir-Csrf by requests that change something
   * @param ends when it ends at the latest; unused, it ends after 30 minutes
   */
  record Opened(String name, String role, String csrf, Instant ends) {
    /** Without its secret. */
    @Override
    public String toString() {
      return "a session of " + name + " until " + ends;
    }
  }

  @PostMapping
  ResponseEntity<Opened> open(
      @RequestBody Login login,
      @AuthenticationPrincipal Caller already,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (already != null && already.kind() == Caller.Kind.OPEN) {
      throw refused("Security is off: there is nothing to log in to.");
    }
    if (login.key() == null || login.key().isBlank()) {
      throw refused("Send {\"key\": \"weir_...\"}, an API key, or a token in its place.");
    }
    Verdict verdict = credentials.check(login.key().strip(), request.getRemoteAddr());
    if (!(verdict instanceof Verdict.Accepted accepted)) {
      refusals.answer(request, response, verdict);
      return null;
    }
    Caller caller = accepted.caller();
    // The request came without a credential of its own, so nobody has counted it yet.
    if (!rate.admits(caller, response)) {
      return null;
    }
    if (request.getAttribute(Session.ATTRIBUTE) instanceof Session before) {
      sessions.close(before.id());
    }
    Session session = sessions.open(caller);
    audit.done(AuditEntry.of(request, caller, "POST /api/v1/session", "done: 201"));
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.SET_COOKIE, cookie(session.id(), Session.LONGEST, request))
        .body(
            new Opened(
                caller.name(),
                caller.role() == null ? null : caller.role().word(),
                session.csrf(),
                session.ends()));
  }

  @DeleteMapping
  ResponseEntity<Void> close(HttpServletRequest request) {
    if (request.getAttribute(Session.ATTRIBUTE) instanceof Session session) {
      sessions.close(session.id());
    }
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request))
        .build();
  }

  private static String cookie(String value, Duration age, HttpServletRequest request) {
    return ResponseCookie.from(Session.COOKIE, value)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Strict")
        .path("/")
        .maxAge(age)
        .build()
        .toString();
  }

  private static ErrorResponseException refused(String detail) {
    return new ErrorResponseException(
        HttpStatus.BAD_REQUEST,
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail),
        null);
  }
}
