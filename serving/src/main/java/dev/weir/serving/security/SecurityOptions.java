package dev.weir.serving.security;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import dev.weir.serving.security.proxy.TrustedPeers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the server listens and what it asks of callers. It listens beyond loopback only with
 * security on; there is no way around that.
 *
 * @param on whether a credential is needed
 * @param address that the server is bound to
 * @param trustedProxies peers whose X-Forwarded headers are believed
 * @param oidc the identity provider, if there is one
 * @param corsOrigins other origins whose pages may read
 * @param requestsPerMinute of one caller
 * @param concurrentRequests of one caller, open event streams included
 */
public record SecurityOptions(
    boolean on,
    InetAddress address,
    TrustedPeers trustedProxies,
    Optional<OidcOptions> oidc,
    List<String> corsOrigins,
    int requestsPerMinute,
    int concurrentRequests) {

  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-fA-F:]+](:[0-9]{1,5})?");

  private static final List<Option> OWN =
      List.of(
          new Option(
              "server.address",
              "address",
              "127.0.0.1",
              "where the server listens; beyond this machine only with security on"),
          new Option(
              "server.trusted-proxy",
              "addresses or networks",
              "",
              "proxies whose X-Forwarded-For, -Proto and -Host are believed, by comma"),
          new Option(
              "security",
              "on or off",
              "",
              "whether a credential is needed; default off while only this machine can reach the server and no identity provider is named, else on"),
          new Option(
              "security.cors-origin",
              "origins",
              "",
              "other origins whose pages may read the API, by comma; none unless given"),
          new Option(
              "security.rate-limit",
              "1 to 1000000",
              "1200",
              "requests a minute of one key or token"),
          new Option(
              "security.concurrent-requests",
              "1 to 10000",
              "64",
              "requests of one key or token at a time, open event streams included"));

  /** Every option, in the order they are explained. */
  public static final List<Option> OPTIONS =
      Stream.of(OWN, OidcOptions.OPTIONS).flatMap(List::stream).toList();

  /** Reads the options; what is wrong with them is added to the errors. */
  public static SecurityOptions read(GivenOptions given) {
    InetAddress address = address(given);
    TrustedPeers proxies = TrustedPeers.NONE;
    try {
      proxies = TrustedPeers.of(words(given, "server.trusted-proxy"));
    } catch (IllegalArgumentException e) {
      given.error("--server.trusted-proxy: " + e.getMessage());
    }
    Optional<OidcOptions> oidc = OidcOptions.read(given);
    boolean reachable = !address.isLoopbackAddress() || !proxies.isEmpty();
    boolean on = reachable || oidc.isPresent();
    if (given.has("security")) {
      on = given.oneOf("security", List.of("on", "off")).equals("on");
    }
    if (!on && reachable) {
      given.error(
          "--security off is refused with "
              + (proxies.isEmpty()
                  ? "--server.address " + given.text("server.address")
                  : "--server.trusted-proxy " + given.text("server.trusted-proxy"))
              + ", where others can reach the server: leave --security off away, or bind to 127.0.0.1 without a proxy");
    }
    return new SecurityOptions(
        on,
        address,
        proxies,
        oidc,
        origins(given),
        given.number("security.rate-limit", 1, 1_000_000),
        given.number("security.concurrent-requests", 1, 10_000));
  }

  private static InetAddress address(GivenOptions given) {
    String text = given.text("server.address");
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      given.error(
          "--server.address must be an address of this machine, 0.0.0.0 for all of them (it is "
              + text
              + ")");
      return InetAddress.getLoopbackAddress();
    }
  }

  private static List<String> origins(GivenOptions given) {
    List<String> origins = words(given, "security.cors-origin");
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        given.error(
            "--security.cors-origin must be origins such as https://tools.example.org, without a path or a * (it is "
                + origin
                + ")");
      }
    }
    return origins;
  }

  private static List<String> words(GivenOptions given, String key) {
    return Arrays.stream(given.text(key).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
