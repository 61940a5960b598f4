package dev.weir.serving.security.answer;

import dev.weir.serving.security.audit.AuditEntry;
import dev.weir.serving.security.audit.AuditLog;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers whoever may not do what they ask, and says what would be needed. */
public final class Refusals
    implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
  /** What to send, for messages. */
  public static final String WHAT_TO_SEND =
      "send an API key or a token as Authorization: Bearer ..., or an API key as X-Api-Key";

  private static final String CHALLENGE = "Bearer realm=\"weir\"";

  private final Problems problems;
  private final AuditLog audit;

  public Refusals(Problems problems, AuditLog audit) {
    this.problems = problems;
    this.audit = audit;
  }

  /** No credential: 401. It is no attempt, and not audited. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    response.setHeader("WWW-Authenticate", CHALLENGE);
    problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "A credential is needed",
        "Security is on: "
            + WHAT_TO_SEND
            + ". A key is made with: weir key create (or java -jar weir-serving.jar key create).");
  }

  /** A credential that lets nobody in, for whichever reason. */
  public void answer(HttpServletRequest request, HttpServletResponse response, Verdict verdict)
      throws IOException {
    if (verdict instanceof Verdict.Refused refused) {
      badCredential(request, response, refused.claimed(), refused.reason());
    } else if (verdict instanceof Verdict.TooManyRefused) {
      tooManyAttempts(response);
    } else if (verdict instanceof Verdict.Undecided undecided) {
      undecided(response, undecided.reason());
    } else {
      throw new IllegalArgumentException("a good credential is no refusal");
    }
  }

  /** A credential that is not good: 401. */
  private void badCredential(
      HttpServletRequest request, HttpServletResponse response, String claimed, String reason)
      throws IOException {
    audit.refused(AuditEntry.refused(request, claimed, reason));
    response.setHeader(
        "WWW-Authenticate",
        CHALLENGE + ", error=\"invalid_token\", error_description=\"" + quoted(reason) + "\"");
    problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "The credential is not accepted",
        "What was sent is no use: " + reason + ". To be let in, " + WHAT_TO_SEND + ".");
  }

  /** Too many of them: 429. */
  private void tooManyAttempts(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "60");
    problems.write(
        response,
        HttpStatus.TOO_MANY_REQUESTS,
        "Too many refused credentials",
        "Too many credentials from this address were refused; wait a minute, then send a good one.");
  }

  /** Nobody can tell whether it is good: 503. */
  private void undecided(HttpServletResponse response, String reason) throws IOException {
    response.setHeader("Retry-After", "5");
    problems.write(
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "The credential cannot be checked",
        "It is not refused, but " + reason + "; try again in a moment.");
  }

  /**
   * A request that changes something, from another site's page or without the page's token: 403.
   */
  public void forged(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    audit.refused(entry(request, "refused: not from the dashboard's own page"));
    problems.write(response, HttpStatus.FORBIDDEN, "Not from this server's own page", detail);
  }

  /** A role that is not enough: 403. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    audit.refused(entry(request, "refused: the role is not enough"));
    Caller caller = caller();
    String who =
        caller == null
            ? "Nobody"
            : caller.role() == null
                ? "The token of "
                    + caller.name()
                    + " names none of the roles reader, operator, admin, so it"
                : caller.name() + " has the role " + caller.role().word() + ", which";
    response.setHeader("WWW-Authenticate", CHALLENGE + ", error=\"insufficient_scope\"");
    problems.write(
        response,
        HttpStatus.FORBIDDEN,
        "The role is not enough",
        who
            + " may not "
            + request.getMethod()
            + " this; send a credential of a higher role, or ask an administrator for one.");
  }

  /** A URL, host or header that no honest client sends: 400. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
      throws IOException {
    problems.write(response, HttpStatus.BAD_REQUEST, "The request is not accepted", rejected());
  }

  /** What is said of a request that the firewall rejects; it never repeats what was sent. */
  static String rejected() {
    return "Its path, host, a header or a parameter's name is not of a form that is accepted: no"
        + " encoded slashes, semicolons or control characters, and while security is off no host but"
        + " localhost.";
  }

  private AuditEntry entry(HttpServletRequest request, String outcome) {
    Caller caller = caller();
    return caller == null
        ? AuditEntry.refused(request, "unknown", outcome)
        : AuditEntry.of(
            request, caller, request.getMethod() + " " + request.getRequestURI(), outcome);
  }

  private static Caller caller() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? caller
        : null;
  }

  private static String quoted(String text) {
    return text.replaceAll("[^ !#-\\[\\]-~]", "'");
  }
}
