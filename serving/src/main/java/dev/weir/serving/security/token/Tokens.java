package dev.weir.serving.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Recognises tokens of one identity provider. Signatures are checked with the public keys that it
 * publishes, and only with algorithms that have public keys: neither {@code none} nor a shared
 * secret. Issuer and audience must be the declared ones; a token without an expiry is refused; for
 * clocks that differ 60 seconds are allowed.
 *
 * <p>The provider is asked when the first token comes, and again for a key that is not known; never
 * for what is no token, and not again right after it did not answer.
 */
public final class Tokens {
  private static final Set<JWSAlgorithm> WITH_PUBLIC_KEYS =
      Arrays.stream(SignatureAlgorithm.values())
          .map(algorithm -> JWSAlgorithm.parse(algorithm.getName()))
          .collect(Collectors.toUnmodifiableSet());
  private static final Verdict UNREADABLE =
      new Verdict.Refused(
          "a token", "the token cannot be read, or its signature is not the identity provider's");

  private final ProviderKeys provider;
  private final OAuth2TokenValidator<Jwt> requirements;
  private final TokenRoles roles;

  /**
   * @param issuer as its tokens name it
   * @param audience that a token must be meant for
   * @param rolesClaim where roles are named
   * @param rolePrefix what stands before them
   */
  public Tokens(String issuer, String audience, String rolesClaim, String rolePrefix) {
    this.provider = new ProviderKeys(new PublishedKeys(issuer)::fetch, System::nanoTime);
    this.requirements = requirements(issuer, audience);
    this.roles = new TokenRoles(rolesClaim, rolePrefix);
  }

  /** Whether a token is good, and whose it is. */
  public Verdict check(String token) {
    JWSHeader head;
    try {
      head = SignedJWT.parse(token).getHeader();
    } catch (ParseException e) {
      return UNREADABLE;
    }
    if (!WITH_PUBLIC_KEYS.contains(head.getAlgorithm())) {
      return UNREADABLE;
    }
    Optional<JWKSet> keys = provider.decidingOn(head);
    return keys.isEmpty()
        ? new Verdict.Undecided("the identity provider, whose keys are needed, does not answer")
        : check(token, keys.get());
  }

  private Verdict check(String token, JWKSet keys) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(keys))
            .jwsAlgorithms(algorithms -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
            .build();
    decoder.setJwtValidator(requirements);
    try {
      return new Verdict.Accepted(caller(decoder.decode(token)));
    } catch (JwtValidationException e) {
      return new Verdict.Refused(
          "a token",
          "the token is not valid ("
              + e.getErrors().stream()
                  .map(OAuth2Error::getDescription)
                  .collect(Collectors.joining("; "))
              + ")");
    } catch (JwtException e) {
      return UNREADABLE;
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

  private static OAuth2TokenValidator<Jwt> requirements(String issuer, String audience) {
    JwtTypeValidator type = new JwtTypeValidator(List.of("JWT", "at+jwt"));
    // Many providers leave the type out, and it is optional.
    type.setAllowEmpty(true);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            type,
            new JwtIssuerValidator(issuer),
            new JwtTimestampValidator(Duration.ofSeconds(60)),
            new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, given -> given != null && given.contains(audience))));
  }
}
