package dev.weir.serving.security.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Counts refused credentials by where they came from. Guessing a key is hopeless anyway; this keeps
 * it from costing look-ups, signature checks and rows of the audit log.
 */
public final class FailedAttempts {
  /** Refused credentials of one address before it has to wait. */
  public static final int A_MINUTE = 20;

  private final TokenBuckets buckets = new TokenBuckets(A_MINUTE);

  /** Whether this address must wait before another credential is looked at. */
  public boolean exhausted(String address) {
    return buckets.empty(network(address));
  }

  /** Counts a refused credential. */
  public void failed(String address) {
    buckets.take(network(address));
  }

  /** Who has an IPv6 address has its whole network: 2^64 of them are one. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
