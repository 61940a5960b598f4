package dev.weir.pipeline;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Checks the addresses of directories: absolute, on a file system both layers can reach. */
final class StorageUri {
  private static final Set<String> SCHEMES = Set.of("file", "s3", "hdfs");
  private static final String REMEDY =
      "write an absolute address, such as file:///var/weir, s3://bucket/weir or"
          + " hdfs://namenode/weir";

  private StorageUri() {}

  /** The address, or null with the error recorded. */
  static URI read(Node node, String what, YamlValues values, PipelineErrors errors) {
    String text = values.text(node, what);
    if (text == null) {
      return null;
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      errors.at(node, what + " '" + text + "' is not an address: " + e.getReason(), REMEDY);
      return null;
    }
    Optional<String> problem = problem(uri);
    // The address itself is not shown where it may hold a password.
    String shown = uri.getRawUserInfo() == null ? " '" + text + "'" : "";
    problem.ifPresent(wrong -> errors.at(node, what + shown + " " + wrong, REMEDY));
    return problem.isEmpty() ? uri : null;
  }

  private static Optional<String> problem(URI uri) {
    if (uri.getScheme() == null) {
      return Optional.of("has no scheme");
    }
    if (!SCHEMES.contains(uri.getScheme())) {
      return Optional.of("has the scheme " + uri.getScheme() + ", not file, s3 or hdfs");
    }
    if (uri.isOpaque()) {
      return Optional.of("is not absolute");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return Optional.of("has a query or fragment");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("holds credentials, which belong in the cluster's configuration");
    }
    boolean noPath = uri.getPath() == null || uri.getPath().isEmpty();
    if (uri.getScheme().equals("file") && uri.getRawAuthority() != null) {
      return Optional.of("names a host (" + uri.getRawAuthority() + ")");
    }
    if (uri.getScheme().equals("s3") && uri.getRawAuthority() == null) {
      return Optional.of("names no bucket");
    }
    if (noPath && !uri.getScheme().equals("s3")) {
      return Optional.of("has no path");
    }
    return Optional.empty();
  }
}
