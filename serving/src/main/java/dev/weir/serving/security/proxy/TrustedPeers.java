package dev.weir.serving.security.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Peers that are believed: addresses, or networks such as {@code 10.0.0.0/8}.
 *
 * @param matchers one for each of them
 */
public record TrustedPeers(List<IpAddressMatcher> matchers) {
  /** Nobody is. */
  public static final TrustedPeers NONE = new TrustedPeers(List.of());

  /** Numbers only: nothing here is ever looked up by name. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  public TrustedPeers {
    matchers = List.copyOf(matchers);
  }

  /**
   * Reads addresses and networks.
   *
   * @throws IllegalArgumentException naming the first that is neither
   */
  public static TrustedPeers of(List<String> peers) {
    List<IpAddressMatcher> matchers = new ArrayList<>();
    for (String peer : peers) {
      String[] parts = peer.split("/", 2);
      try {
        if (!isAddress(parts[0])) {
          throw new IllegalArgumentException(peer);
        }
        matchers.add(new IpAddressMatcher(peer));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "must be addresses such as 10.1.2.3 or networks such as 10.0.0.0/8 (it is "
                + peer
                + ")",
            e);
      }
    }
    return new TrustedPeers(matchers);
  }

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  public boolean isEmpty() {
    return matchers.isEmpty();
  }

  /** Whether the address is one of them; text that is no address never is. */
  public boolean include(String address) {
    if (!isAddress(address)) {
      return false;
    }
    try {
      return matchers.stream().anyMatch(matcher -> matcher.matches(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
