package dev.weir.serving.security.token;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Recognises tokens of one identity provider. Signatures are checked with the public keys that it
 * publishes, and only with algorithms that have public keys: neither {@code none} nor a shared
 * secret. Issuer and audience must be the declared ones; a token without an expiry is refused; for
 * clocks that differ 60 seconds are allowed.
 *
 * <p>The provider is asked when the first token comes, and again for a key that is not known.
 */
public final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JwtDecoder decoder;
  private final TokenRoles roles;

  /**
   * @param issuer as its tokens name it
   * @param audience that a token must be meant for
   * @param rolesClaim where roles are named
   * @param rolePrefix what stands before them
   */
  public Tokens(String issuer, String audience, String rolesClaim, String rolePrefix) {
    this.roles = new TokenRoles(rolesClaim, rolePrefix);
    this.decoder = new SupplierJwtDecoder(() -> decoder(issuer, audience));
  }

  /** Whether a token is good, and whose it is. */
  public Verdict check(String token) {
    try {
      Jwt jwt = decoder.decode(token);
      return new Verdict.Accepted(caller(jwt));
    } catch (JwtValidationException e) {
      return new Verdict.Refused(
          "a token",
          "the token is not valid ("
              + e.getErrors().stream()
                  .map(OAuth2Error::getDescription)
                  .collect(Collectors.joining("; "))
              + ")");
    } catch (BadJwtException e) {
      return new Verdict.Refused(
          "a token", "the token cannot be read, or its signature is not the identity provider's");
    } catch (JwtException | JwtDecoderInitializationException e) {
      LOG.error(
          "The identity provider cannot be asked for its keys: {}",
          NestedExceptionUtils.getMostSpecificCause(e).getMessage());
      return new Verdict.Undecided("the identity provider, whose keys are needed, does not answer");
    }
  }

  private Caller caller(Jwt jwt) {
    Map<String, Object> claims = jwt.getClaims();
    String subject = Objects.requireNonNullElse(jwt.getSubject(), "no subject");
    String name =
        claims.get("preferred_username") instanceof String username && !username.isBlank()
            ? username
            : subject;
    return new Caller(
        Caller.Kind.TOKEN, subject, name, roles.in(claims).orElse(null), jwt.getExpiresAt());
  }

  private static JwtDecoder decoder(String issuer, String audience) {
    SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
    http.setConnectTimeout(PATIENCE);
    http.setReadTimeout(PATIENCE);
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(issuer)
            .restOperations(new RestTemplate(http))
            .jwsAlgorithms(algorithms -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            List.of(
                new JwtTypeValidator(List.of("JWT", "at+jwt")),
                new JwtIssuerValidator(issuer),
                new JwtTimestampValidator(Duration.ofSeconds(60)),
                new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<List<String>>(
                    JwtClaimNames.AUD, given -> given != null && given.contains(audience)))));
    return decoder;
  }
}
