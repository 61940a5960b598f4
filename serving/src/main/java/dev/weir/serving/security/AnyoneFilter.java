package dev.weir.serving.security;

import dev.weir.serving.security.caller.Admission;
import dev.weir.serving.security.caller.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** While security is off, whoever asks is {@link Caller#ANYONE}. */
final class AnyoneFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Admission.of(request, () -> true);
    CredentialFilter.authenticate(Caller.ANYONE);
    chain.doFilter(request, response);
  }
}
