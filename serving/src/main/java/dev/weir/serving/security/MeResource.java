package dev.weir.serving.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/me}: who asks, and what they may do. */
@RestController
class MeResource {
  private final SecurityOptions options;

  MeResource(SecurityOptions options) {
    this.options = options;
  }

  /**
   * The answer.
   *
   * @param security on or off
   * @param role absent where the token names none
   * @param kind open, key or token
   * @param until when the credential, or the session, ends; absent for never
   * @param csrf of the session, if there is one
   * @param warning what everybody should know; absent when all is well
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Me(
      String security,
      String name,
      String role,
      String kind,
      Instant until,
      String csrf,
      String warning) {
    /** Without the session's secret. */
    @Override
    public String toString() {
      return kind + " " + name + ", " + role + ", until " + until;
    }
  }

  @GetMapping("/api/v1/me")
  Me me(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
    Session session = request.getAttribute(Session.ATTRIBUTE) instanceof Session open ? open : null;
    return new Me(
        options.on() ? "on" : "off",
        caller.name(),
        caller.role() == null ? null : caller.role().word(),
        caller.kind().word(),
        session == null ? caller.until() : session.ends(),
        session == null ? null : session.csrf(),
        options.on()
            ? null
            : "Security is off: whoever can reach this machine's loopback address may do everything.");
  }
}
