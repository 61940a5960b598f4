package dev.weir.serving.security.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request as the caller sent it to the proxy. */
final class ForwardedRequest extends HttpServletRequestWrapper {
  private final String address;
  private final String scheme;
  private final String host;

  /**
   * @param host as the caller wrote it; empty where the proxy passed the Host header on
   */
  ForwardedRequest(HttpServletRequest request, String address, String scheme, String host) {
    super(request);
    this.address = address;
    this.scheme = scheme;
    this.host = host;
  }

  @Override
  public String getRemoteAddr() {
    return address;
  }

  @Override
  public String getRemoteHost() {
    return address;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSecure() {
    return "https".equals(scheme);
  }

  @Override
  public String getServerName() {
    String name = getHeader("Host");
    return name == null ? super.getServerName() : withoutPort(name);
  }

  @Override
  public int getServerPort() {
    String name = getHeader("Host");
    String port = name == null ? "" : name.substring(withoutPort(name).length());
    return port.matches(":[0-9]{1,5}")
        ? Integer.parseInt(port.substring(1))
        : isSecure() ? 443 : 80;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  @Override
  public String getHeader(String name) {
    return "Host".equalsIgnoreCase(name) && !host.isEmpty() ? host : super.getHeader(name);
  }
}
