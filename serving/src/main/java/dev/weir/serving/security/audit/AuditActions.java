package dev.weir.serving.security.audit;

import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Puts every request that may have changed something into the audit log, whichever endpoint it was
 * for. It stands behind the authorization: what was refused is written where it is refused.
 */
public final class AuditActions extends OncePerRequestFilter {
  private static final Set<String> ASKING = Set.of("GET", "HEAD", "OPTIONS");

  private final AuditLog log;

  public AuditActions(AuditLog log) {
    this.log = log;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (ASKING.contains(request.getMethod())
        || authentication == null
        || !(authentication.getPrincipal() instanceof Caller caller)) {
      chain.doFilter(request, response);
      return;
    }
    String outcome = "failed: an exception";
    try {
      chain.doFilter(request, response);
      int status = response.getStatus();
      outcome = (status < 400 ? "done: " : "failed: ") + status;
    } finally {
      log.done(AuditEntry.of(request, caller, action(request), outcome));
    }
  }

  private static String action(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return request.getMethod() + " " + (pattern == null ? request.getRequestURI() : pattern);
  }
}
