package dev.weir.serving.security.limit;

import dev.weir.serving.security.answer.Problems;
import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Works at few questions of one caller at a time, fewer than there are connections for answers; the
 * caller's others wait for their turn, and after a while are told to come back. So whoever asks
 * much and slowly holds up only themselves. An open event stream takes no turn. While security is
 * off there is nobody to tell apart, and there are no turns.
 */
public final class QuestionTurns extends OncePerRequestFilter {
  /** Two of the connections for answers are left for others. */
  public static final int AT_A_TIME = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What is not read through the connections for answers. */
  private static final List<String> NO_QUESTIONS =
      List.of("/api/v1/me", "/api/v1/session", "/api/v1/keys");

  private final Problems problems;
  private final Turns turns = new Turns(AT_A_TIME, PATIENCE);

  public QuestionTurns(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getServletPath();
    return !path.startsWith("/api/")
        || NO_QUESTIONS.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null
        || !(authentication.getPrincipal() instanceof Caller caller)
        || caller.kind() == Caller.Kind.OPEN) {
      chain.doFilter(request, response);
    } else if (turns.begin(caller.key())) {
      try {
        chain.doFilter(request, response);
      } finally {
        turns.end(caller.key());
      }
    } else {
      busy(caller, response);
    }
  }

  private void busy(Caller caller, HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "5");
    problems.write(
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "Busy",
        AT_A_TIME
            + " questions of "
            + caller.name()
            + " have been worked at for "
            + PATIENCE.toSeconds()
            + " s, and more are not at a time; ask again in a moment, or for less at once.");
  }
}
