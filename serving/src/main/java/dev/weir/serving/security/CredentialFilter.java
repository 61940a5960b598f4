package dev.weir.serving.security;

import dev.weir.serving.security.answer.Refusals;
import dev.weir.serving.security.caller.Admission;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import dev.weir.serving.security.credential.Credentials;
import dev.weir.serving.security.session.Session;
import dev.weir.serving.security.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who asks: by a key or token in a header, else by a session's cookie. A credential that
 * is not good ends the request; a cookie that is not good any more is as good as none, so that the
 * page can still be loaded to log in. Credentials in a URL are not looked for.
 */
final class CredentialFilter extends OncePerRequestFilter {
  private static final String KEY_HEADER = "X-Api-Key";
  private static final String SCHEME = "Bearer ";

  private final Credentials credentials;
  private final Sessions sessions;
  private final Refusals refusals;

  CredentialFilter(Credentials credentials, Sessions sessions, Refusals refusals) {
    this.credentials = credentials;
    this.sessions = sessions;
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    String key = request.getHeader(KEY_HEADER);
    if (authorization == null && key == null) {
      session(request).ifPresent(CredentialFilter::authenticate);
      chain.doFilter(request, response);
      return;
    }
    Verdict verdict = check(authorization, key, request.getRemoteAddr());
    if (verdict instanceof Verdict.Accepted accepted) {
      Admission.of(request, () -> credentials.stillGood(accepted.caller()));
      authenticate(accepted.caller());
      chain.doFilter(request, response);
    } else {
      refusals.answer(request, response, verdict);
    }
  }

  private Verdict check(String authorization, String key, String address) {
    if (authorization != null && key != null) {
      return credentials.refuse(
          "two credentials",
          "Authorization and X-Api-Key were both sent, and one is enough",
          address);
    }
    if (key != null) {
      return credentials.check(key.strip(), address);
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return credentials.refuse(
          "another scheme", "Authorization must be Bearer and a credential", address);
    }
    return credentials.check(authorization.substring(SCHEME.length()).strip(), address);
  }

  /** The caller of the request's session, with the role that the key has now. */
  private Optional<Caller> session(HttpServletRequest request) {
    if (request.getCookies() == null) {
      return Optional.empty();
    }
    for (Cookie cookie : request.getCookies()) {
      if (!Session.COOKIE.equals(cookie.getName())) {
        continue;
      }
      Optional<Session> session = sessions.find(cookie.getValue());
      Optional<Caller> caller = session.flatMap(this::current);
      if (caller.isPresent()) {
        request.setAttribute(Session.ATTRIBUTE, session.get());
        Admission.of(request, () -> stillOpen(session.get()));
        return caller;
      }
    }
    return Optional.empty();
  }

  private boolean stillOpen(Session session) {
    return sessions.isOpen(session.id()) && current(session).isPresent();
  }

  private Optional<Caller> current(Session session) {
    if (session.caller().kind() != Caller.Kind.KEY) {
      return Optional.of(session.caller());
    }
    Verdict verdict = credentials.recheck(session.caller().id());
    if (verdict instanceof Verdict.Accepted accepted) {
      return Optional.of(accepted.caller());
    }
    if (verdict instanceof Verdict.Undecided) {
      // The database is away, and with it all that could be asked for: the session stays.
      return Optional.of(session.caller());
    }
    sessions.close(session.id());
    return Optional.empty();
  }

  static void authenticate(Caller caller) {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(
                caller,
                null,
                caller.role() == null
                    ? AuthorityUtils.NO_AUTHORITIES
                    : caller.role().authorities())));
  }
}
