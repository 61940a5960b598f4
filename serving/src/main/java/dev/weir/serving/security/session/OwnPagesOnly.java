package dev.weir.serving.security.session;

import dev.weir.serving.security.answer.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that change something and that another site's page made the browser send. That
 * is asked of the browser, security on or off; and where the cookie is the credential, the request
 * must repeat the session's csrf text, too.
 */
public final class OwnPagesOnly extends OncePerRequestFilter {
  private static final Set<String> ASKING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

  private final Refusals refusals;

  public OwnPagesOnly(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (ASKING.contains(request.getMethod())) {
      chain.doFilter(request, response);
    } else if (fromAnotherSite(request)) {
      refusals.forged(
          request,
          response,
          "A page of another origin asked the browser for this. Other origins may only read; send it without a browser, or from this server's own page.");
    } else if (request.getAttribute(Session.ATTRIBUTE) instanceof Session session
        && !repeated(session, request.getHeader(Session.CSRF_HEADER))) {
      refusals.forged(
          request,
          response,
          "With a session's cookie, send the header "
              + Session.CSRF_HEADER
              + " with the value csrf of GET /api/v1/me.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean fromAnotherSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OTHER_SITES.contains(site);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    return origin != null && !sameHost(origin, request.getScheme() + "://" + host);
  }

  private static boolean sameHost(String one, String other) {
    try {
      URI a = URI.create(one);
      URI b = URI.create(other);
      return a.getHost() != null && a.getHost().equalsIgnoreCase(b.getHost()) && port(a) == port(b);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }

  private static boolean repeated(Session session, String header) {
    return header != null
        && MessageDigest.isEqual(
            session.csrf().getBytes(StandardCharsets.US_ASCII),
            header.getBytes(StandardCharsets.UTF_8));
  }
}
