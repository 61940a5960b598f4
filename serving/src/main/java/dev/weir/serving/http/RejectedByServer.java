package dev.weir.serving.http;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Answers what the HTTP server itself rejects, before any filter sees it, in the form of all other
 * refusals; neither what was sent nor the server's version is told.
 */
final class RejectedByServer extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(RejectedByServer.class);

  /** Puts it in the place of the server's own page. */
  @Component
  static final class Installed
      implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    @Override
    public void customize(ConfigurableTomcatWebServerFactory server) {
      // The last one is the first to answer.
      server.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new RejectedByServer()));
    }
  }

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(
            "{\"detail\":\"The request is not of a form that the server accepts.\",\"status\":"
                + response.getStatus()
                + ",\"title\":\""
                + (status == null ? "Refused" : status.getReasonPhrase())
                + "\"}");
        response.finishResponse();
      }
    } catch (IOException e) {
      LOG.debug("Nobody reads why a request was rejected", e);
    }
  }
}
