package dev.weir.serving.security.limit;

import dev.weir.serving.security.answer.Problems;
import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what one key or token asks: requests a minute, and requests at a time, open event streams
 * included. Beyond that the answer is 429 and says how long to wait. While security is off there is
 * nobody to tell apart, and no bound.
 */
public final class CallerLimits extends OncePerRequestFilter {
  private final CallerRate rate;
  private final int concurrent;
  private final Problems problems;
  private final Map<String, Integer> running = new ConcurrentHashMap<>();

  public CallerLimits(CallerRate rate, int concurrent, Problems problems) {
    this.rate = rate;
    this.concurrent = concurrent;
    this.problems = problems;
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
      return;
    }
    if (!rate.admits(caller, response)) {
      return;
    }
    if (!enter(caller.key())) {
      response.setHeader("Retry-After", "1");
      problems.write(
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "Too many requests at a time",
          caller.name()
              + " may have "
              + concurrent
              + " requests and event streams open at a time; end some, or have --security.concurrent-requests raised.");
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new Leaving(caller.key()));
      } else {
        leave(caller.key());
      }
    }
  }

  private boolean enter(String key) {
    int now = running.merge(key, 1, Integer::sum);
    if (now > concurrent) {
      leave(key);
      return false;
    }
    return true;
  }

  private void leave(String key) {
    running.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
  }

  /** Leaves when an answer that went on in the background has ended, however it did. */
  private final class Leaving implements AsyncListener {
    private final String key;

    Leaving(String key) {
      this.key = key;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      leave(key);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // Completed after this.
    }

    @Override
    public void onError(AsyncEvent event) {
      // Completed after this.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
