package dev.weir.serving.security.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Asks an identity provider for the keys that it publishes: first where they are, then for them.
 */
final class PublishedKeys {
  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String issuer;
  private final RestClient http;

  PublishedKeys(String issuer) {
    this.issuer = issuer;
    SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
    connections.setConnectTimeout(PATIENCE);
    connections.setReadTimeout(PATIENCE);
    this.http = RestClient.builder().requestFactory(connections).build();
  }

  /**
   * Its keys as they are now.
   *
   * @throws IllegalStateException if what it answers cannot be used
   * @throws org.springframework.web.client.RestClientException if it does not answer
   */
  JWKSet fetch() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      Map<String, Object> configuration = JSONObjectUtils.parse(get(base + CONFIGURATION));
      if (!issuer.equals(configuration.get("issuer"))) {
        throw new IllegalStateException(
            base + CONFIGURATION + " is of another issuer, " + configuration.get("issuer"));
      }
      if (!(configuration.get("jwks_uri") instanceof String keys)) {
        throw new IllegalStateException(base + CONFIGURATION + " names no jwks_uri");
      }
      return JWKSet.parse(get(keys));
    } catch (ParseException e) {
      throw new IllegalStateException("what " + issuer + " answers is not of the form expected", e);
    }
  }

  private String get(String address) {
    String text =
        http.get()
            .uri(URI.create(address))
            .accept(
                MediaType.APPLICATION_JSON, MediaType.parseMediaType("application/jwk-set+json"))
            .retrieve()
            .body(String.class);
    return text == null ? "" : text;
  }
}
