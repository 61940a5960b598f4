package dev.weir.serving.security.audit;

import jakarta.servlet.http.HttpServletRequest;

/** Lets an endpoint say what it has done its work on, where the path does not. */
public final class AuditTarget {
  private static final String ATTRIBUTE = AuditTarget.class.getName();

  private AuditTarget() {}

  /** Names the target of this request's action. */
  public static void of(HttpServletRequest request, String target) {
    request.setAttribute(ATTRIBUTE, target);
  }

  static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String target
        ? target
        : request.getRequestURI();
  }
}
