package dev.weir.serving.security;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Which identity provider's tokens are accepted.
 *
 * @param issuer as its tokens name it; its keys are found from there
 * @param audience that a token must be meant for
 * @param rolesClaim where a token names roles; dots lead into nested claims
 * @param rolePrefix what stands before Weir's role words there
 */
public record OidcOptions(String issuer, String audience, String rolesClaim, String rolePrefix) {

  static final List<Option> OPTIONS =
      List.of(
          new Option(
              "security.oidc-issuer",
              "URL",
              "",
              "identity provider whose tokens are accepted; its keys are found from there"),
          new Option("security.oidc-audience", "text", "", "what a token must be meant for"),
          new Option(
              "security.oidc-roles-claim",
              "text",
              "roles",
              "claim with the roles reader, operator, admin; dots lead into nested claims"),
          new Option(
              "security.oidc-role-prefix",
              "text",
              "",
              "what stands before these words in the claim, for example weir-"));

  static Optional<OidcOptions> read(GivenOptions given) {
    String issuer = given.text("security.oidc-issuer");
    String audience = given.text("security.oidc-audience");
    if (issuer.isEmpty() && audience.isEmpty()) {
      return Optional.empty();
    }
    if (issuer.isEmpty() || audience.isEmpty()) {
      given.error(
          "--security.oidc-issuer and --security.oidc-audience belong together: "
              + "a token for another application must not be good here");
    } else if (!trustworthy(issuer)) {
      given.error(
          "--security.oidc-issuer must be an https:// URL, or http:// on this machine (it is "
              + issuer
              + "): whoever can change the keys on their way can make tokens");
    }
    return Optional.of(
        new OidcOptions(
            issuer,
            audience,
            given.text("security.oidc-roles-claim"),
            given.text("security.oidc-role-prefix")));
  }

  private static boolean trustworthy(String issuer) {
    try {
      URI uri = new URI(issuer);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost())));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
