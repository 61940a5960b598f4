package dev.weir.serving.security.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/**
 * Lets an answer that goes on for long ask again whether its reader may still have it: the
 * credential may be revoked, expire or be logged out meanwhile. Asking is cheap, counts as no use
 * of a session, and is done by any thread, even after the request.
 */
public final class Admission {
  private static final String ATTRIBUTE = Admission.class.getName();

  private Admission() {}

  /** Remembers how to ask again whether what this request was admitted for still holds. */
  public static void of(HttpServletRequest request, BooleanSupplier stillHolds) {
    request.setAttribute(ATTRIBUTE, stillHolds);
  }

  /**
   * Tells each time whether it still holds.
   *
   * @throws IllegalStateException if nobody has been admitted
   */
  public static BooleanSupplier of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier stillHolds) {
      return stillHolds;
    }
    throw new IllegalStateException("no filter has admitted this request");
  }
}
