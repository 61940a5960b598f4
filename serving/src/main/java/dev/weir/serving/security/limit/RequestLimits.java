package dev.weir.serving.security.limit;

import dev.weir.serving.security.answer.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that are larger than any question to this server: a long URL, many parameters, a
 * large body, a body of unknown length. The size of all headers is bounded by the HTTP server.
 */
public final class RequestLimits extends OncePerRequestFilter {
  /** Longest path with query, in characters. */
  public static final int MAX_URL = 6_000;

  /** Most parameters. */
  public static final int MAX_PARAMETERS = 300;

  /** Largest body, in bytes. */
  public static final int MAX_BODY = 64 * 1024;

  private final Problems problems;

  public RequestLimits(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    if (request.getRequestURI().length() + query.length() > MAX_URL) {
      problems.write(
          response,
          HttpStatus.URI_TOO_LONG,
          "The URL is too long",
          "Path and query may have " + MAX_URL + " characters; ask with fewer filters.");
    } else if (query.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
      problems.write(
          response,
          HttpStatus.BAD_REQUEST,
          "Too many parameters",
          "A query may have " + MAX_PARAMETERS + " parameters; ask with fewer filters.");
    } else if (query.contains("%00")) {
      problems.write(
          response,
          HttpStatus.BAD_REQUEST,
          "A parameter cannot be used",
          "A parameter contains the character U+0000, which no value has; leave it out.");
    } else if (request.getContentLengthLong() > MAX_BODY) {
      problems.write(
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          "The body is too large",
          "A body may have " + MAX_BODY + " bytes.");
    } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      problems.write(
          response,
          HttpStatus.LENGTH_REQUIRED,
          "The body's length is missing",
          "Send a Content-Length of at most " + MAX_BODY + " bytes instead of Transfer-Encoding.");
    } else {
      chain.doFilter(request, response);
    }
  }
}
