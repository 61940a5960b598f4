package dev.weir.serving.security.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the caller's own address, scheme and host in place of the proxy's, where the proxy is
 * trusted. What anybody else claims in X-Forwarded headers is not looked at.
 */
public final class ForwardedRequests extends OncePerRequestFilter {
  private final TrustedPeers trusted;

  public ForwardedRequests(TrustedPeers trusted) {
    this.trusted = trusted;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!trusted.include(request.getRemoteAddr())) {
      chain.doFilter(request, response);
      return;
    }
    String scheme = last(request, "X-Forwarded-Proto");
    chain.doFilter(
        new ForwardedRequest(
            request,
            address(request),
            "https".equals(scheme) || "http".equals(scheme) ? scheme : request.getScheme(),
            last(request, "X-Forwarded-Host")),
        response);
  }

  /**
   * The last address in the list that no trusted proxy has: each proxy appends whom it heard, and
   * what stands further left anybody may have written.
   */
  private String address(HttpServletRequest request) {
    List<String> hops = values(request, "X-Forwarded-For");
    Collections.reverse(hops);
    String address = request.getRemoteAddr();
    for (String hop : hops) {
      if (!TrustedPeers.isAddress(hop)) {
        return address;
      }
      address = hop;
      if (!trusted.include(hop)) {
        return address;
      }
    }
    return address;
  }

  private static String last(HttpServletRequest request, String header) {
    List<String> values = values(request, header);
    return values.isEmpty() ? "" : values.get(values.size() - 1);
  }

  private static List<String> values(HttpServletRequest request, String header) {
    List<String> values = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(header))) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }
}
