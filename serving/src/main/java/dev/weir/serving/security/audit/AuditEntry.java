package dev.weir.serving.security.audit;

import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * Something that was done or refused.
 *
 * @param who kind and name of the caller, never a credential
 * @param role null where none was established
 * @param action method and endpoint, or the command
 * @param outcome done, failed or refused, with the status or the reason
 */
public record AuditEntry(
    String who, String role, String address, String action, String target, String outcome) {
  private static final int LONGEST = 300;

  /** Texts are cut at 300 characters; control characters become spaces. */
  public AuditEntry {
    who = clean(Objects.requireNonNull(who));
    address = clean(Objects.requireNonNull(address));
    action = clean(Objects.requireNonNull(action));
    target = clean(Objects.requireNonNull(target));
    outcome = clean(Objects.requireNonNull(outcome));
  }

  /** What a caller did, or tried to. */
  public static AuditEntry of(
      HttpServletRequest request, Caller caller, String action, String outcome) {
    return new AuditEntry(
        caller.described(),
        caller.role() == null ? null : caller.role().word(),
        request.getRemoteAddr(),
        action,
        AuditTarget.of(request),
        outcome);
  }

  /** A credential that was not good. */
  public static AuditEntry refused(HttpServletRequest request, String claimed, String reason) {
    return new AuditEntry(
        claimed,
        null,
        request.getRemoteAddr(),
        request.getMethod(),
        request.getRequestURI(),
        "refused: " + reason);
  }

  private static String clean(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }
}
