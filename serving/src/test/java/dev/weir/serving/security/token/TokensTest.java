package dev.weir.serving.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.caller.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of a real, small identity provider. */
class TokensTest {
  private static IdentityProvider provider;
  private static Tokens tokens;

  @BeforeAll
  static void start() throws Exception {
    provider = new IdentityProvider();
    tokens = new Tokens(provider.issuer(), IdentityProvider.AUDIENCE, "roles", "");
    // The first look at the provider may take longer than a request waits for it.
    String good = provider.signed(provider.claims("reader").build());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> tokens.check(good) instanceof Verdict.Accepted);
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @Test
  void knowsWhoAGoodTokenIs() throws Exception {
    JWTClaimsSet claims = provider.claims("reader", "operator", "something else").build();

    for (String token :
        List.of(provider.signed(claims), provider.signedWithEllipticCurve(claims))) {
      Caller caller = ((Verdict.Accepted) tokens.check(token)).caller();
      assertThat(caller.kind()).isEqualTo(Caller.Kind.TOKEN);
      assertThat(caller.id()).isEqualTo("u-17");
      assertThat(caller.name()).isEqualTo("ada");
      assertThat(caller.role()).isEqualTo(Role.OPERATOR);
      assertThat(caller.until())
          .isEqualTo(claims.getExpirationTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  @Test
  void refusesWhatHasExpiredOrNeverDoes() throws Exception {
    Instant past = Instant.now().minus(Duration.ofMinutes(2));
    assertRefused(
        provider.signed(
            provider
                .claims("admin")
                .issueTime(Date.from(past.minusSeconds(300)))
                .expirationTime(Date.from(past))
                .build()),
        "expired");
    assertRefused(provider.signed(provider.claims("admin").expirationTime(null).build()), "exp");
    Instant later = Instant.now().plus(Duration.ofMinutes(2));
    assertRefused(
        provider.signed(provider.claims("admin").notBeforeTime(Date.from(later)).build()),
        "before");
  }

  @Test
  void refusesWhatIsMeantForOthersOrFromOthers() throws Exception {
    assertRefused(
        provider.signed(provider.claims("admin").audience("grafana").build()), "aud claim");
    assertRefused(
        provider.signed(provider.claims("admin").audience((String) null).build()), "aud claim");
    assertRefused(
        provider.signed(provider.claims("admin").issuer("https://id.example.org").build()),
        "iss claim");
    assertRefused(provider.signed(provider.claims("admin").issuer(null).build()), "iss claim");
  }

  @Test
  void refusesWhatTheProviderHasNotSigned() throws Exception {
    JWTClaimsSet claims = provider.claims("admin").build();
    String good = provider.signed(claims);

    assertRefused(provider.unsigned(claims), "signature");
    assertRefused(provider.signedWithThePublicKey(claims), "signature");
    assertRefused(provider.signedByAStranger("rsa", claims), "signature");
    assertRefused(provider.signedByAStranger("stranger", claims), "signature");
    assertRefused(good.substring(0, good.lastIndexOf('.') + 1), "signature");
    assertRefused(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA", "signature");
    assertRefused("no token", "cannot be read");
    assertRefused("", "cannot be read");
  }

  @Test
  void givesNoRoleThatIsNotNamed() throws Exception {
    for (String[] roles : new String[][] {{}, {"Admin"}, {"weir-admin"}, {"administrator"}}) {
      Verdict verdict = tokens.check(provider.signed(provider.claims(roles).build()));
      assertThat(((Verdict.Accepted) verdict).caller().role()).isNull();
    }
  }

  @Test
  void findsRolesWhereTheyAreConfigured() {
    Map<String, Object> claims =
        Map.of(
            "realm_access",
            Map.of("roles", List.of("weir-operator", "admin", 7)),
            "https://example.org/roles",
            "weir-reader weir-nothing",
            "number",
            3);

    assertThat(new TokenRoles("realm_access.roles", "weir-").in(claims)).contains(Role.OPERATOR);
    assertThat(new TokenRoles("realm_access.roles", "").in(claims)).contains(Role.ADMIN);
    assertThat(new TokenRoles("https://example.org/roles", "weir-").in(claims))
        .contains(Role.READER);
    assertThat(new TokenRoles("number", "").in(claims)).isEmpty();
    assertThat(new TokenRoles("realm_access.none.deeper", "").in(claims)).isEmpty();
  }

  @Test
  void doesNotRefuseWhatItCannotCheck() throws Exception {
    IdentityProvider away = new IdentityProvider();
    Tokens waiting = new Tokens(away.issuer(), IdentityProvider.AUDIENCE, "roles", "");
    String token = away.signed(away.claims("admin").build());
    away.close();

    assertThat(waiting.check(token))
        .isEqualTo(
            new Verdict.Undecided("the identity provider, whose keys are needed, does not answer"));
  }

  @Test
  void readsATokenBeforeItAsksTheProvider() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(100);
      Tokens asking = new Tokens("http://127.0.0.1:" + silent.getLocalPort(), "weir", "roles", "");
      JWTClaimsSet claims = provider.claims("admin").build();

      for (String none :
          List.of(
              "no token",
              "a.b.c",
              provider.unsigned(claims),
              provider.signedWithThePublicKey(claims))) {
        assertThat(asking.check(none)).isInstanceOf(Verdict.Refused.class);
      }
      assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aTokenNeedNotNameItsType() throws Exception {
    JWTClaimsSet claims = provider.claims("reader").build();

    assertThat(tokens.check(provider.signedAs(null, claims))).isInstanceOf(Verdict.Accepted.class);
    assertThat(tokens.check(provider.signedAs("at+jwt", claims)))
        .isInstanceOf(Verdict.Accepted.class);
    assertRefused(provider.signedAs("logout+jwt", claims), "typ");
  }

  private static void assertRefused(String token, String reason) {
    Verdict verdict = tokens.check(token);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(((Verdict.Refused) verdict).reason()).contains(reason);
  }
}
