package dev.weir.serving.security;

import dev.weir.serving.security.key.KeyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says in the log, when the server has started, who can do what. */
@Component
class SecurityNotice {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityNotice.class);

  private final SecurityOptions options;
  private final KeyStore keys;

  SecurityNotice(SecurityOptions options, KeyStore keys) {
    this.options = options;
    this.keys = keys;
  }

  @EventListener(ApplicationReadyEvent.class)
  void say() {
    if (!options.on()) {
      LOG.warn(
          "SECURITY IS OFF: whoever can reach {} on this machine may do everything. Switch it on with --security on.",
          options.address().getHostAddress());
      return;
    }
    if (!options.address().isLoopbackAddress() && options.trustedProxies().isEmpty()) {
      LOG.warn(
          "Keys travel unencrypted to {}: put a proxy that speaks TLS in front and name it with --server.trusted-proxy.",
          options.address().getHostAddress());
    }
    try {
      if (options.oidc().isEmpty() && keys.usable() == 0) {
        LOG.warn(
            "There is no API key, so nobody can ask anything. Make one with: weir key create (or java -jar weir-serving.jar key create).");
      }
    } catch (DataAccessException e) {
      LOG.warn("Keys cannot be counted: {}", e.getMostSpecificCause().getMessage());
    }
  }
}
