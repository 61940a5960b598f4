package dev.weir.serving.security.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A small identity provider on loopback: it publishes its keys and signs what it is asked to. */
public final class IdentityProvider implements AutoCloseable {
  public static final String AUDIENCE = "weir";

  private final HttpServer server;
  private final RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
  private final ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  private final RSAKey stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();

  public IdentityProvider() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}"));
    server.createContext(
        "/keys",
        exchange -> answer(exchange, new JWKSet(List.of(rsa, ec)).toPublicJWKSet().toString()));
    server.start();
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a good token says; to be altered. */
  public JWTClaimsSet.Builder claims(String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(List.of("other", AUDIENCE))
        .subject("u-17")
        .claim("preferred_username", "ada")
        .claim("roles", List.of(roles))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  public String signed(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), claims);
  }

  String signedWithEllipticCurve(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims);
  }

  /** By a key that is not published, under that name. */
  String signedByAStranger(String kid, JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.RS256, kid, new RSASSASigner(stranger), claims);
  }

  /** By a shared secret that is the published key's text: everybody has it. */
  String signedWithThePublicKey(JWTClaimsSet claims) throws Exception {
    return sign(
        JWSAlgorithm.HS256, "rsa", new MACSigner(rsa.toRSAPublicKey().getEncoded()), claims);
  }

  String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /** Whose type is that; null for none. */
  String signedAs(String type, JWTClaimsSet claims) throws Exception {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("rsa")
            .type(type == null ? null : new JOSEObjectType(type))
            .build(),
        new RSASSASigner(rsa),
        claims);
  }

  private static String sign(
      JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet claims) throws Exception {
    return sign(
        new JWSHeader.Builder(algorithm).keyID(kid).type(JOSEObjectType.JWT).build(),
        signer,
        claims);
  }

  private static String sign(JWSHeader head, JWSSigner signer, JWTClaimsSet claims)
      throws Exception {
    SignedJWT token = new SignedJWT(head, claims);
    token.sign(signer);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
