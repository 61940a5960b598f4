package dev.weir.serving.security.limit;

import dev.weir.serving.security.answer.Problems;
import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/** How many requests a minute a caller may send, in whichever way the credential is shown. */
public final class CallerRate {
  private final TokenBuckets requests;
  private final Problems problems;

  public CallerRate(int perMinute, Problems problems) {
    this.requests = new TokenBuckets(perMinute);
    this.problems = problems;
  }

  /**
   * Counts a request and says in the answer's headers how many are left.
   *
   * @return whether it may be answered; otherwise the answer is 429 and says how long to wait
   */
  public boolean admits(Caller caller, HttpServletResponse response) throws IOException {
    TokenBuckets.Taken taken = requests.take(caller.key());
    response.setHeader("RateLimit-Policy", "\"caller\";q=" + requests.perMinute() + ";w=60");
    response.setHeader(
        "RateLimit", "\"caller\";r=" + taken.left() + ";t=" + Math.max(1, taken.waitSeconds()));
    if (!taken.allowed()) {
      response.setHeader("Retry-After", Long.toString(taken.waitSeconds()));
      problems.write(
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "Too many requests",
          caller.name()
              + " may ask "
              + requests.perMinute()
              + " times a minute; ask again in "
              + taken.waitSeconds()
              + " s, ask for more at once, or have --security.rate-limit raised.");
    }
    return taken.allowed();
  }
}
