package dev.weir.serving.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * Everything that the application logs, with Weir's own loggers and Spring's at their most
 * talkative.
 */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final String[] TALKATIVE = {"dev.weir", "org.springframework.security"};

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  static LogCapture begin() {
    LogCapture capture = new LogCapture();
    capture.setContext(logger(Logger.ROOT_LOGGER_NAME).getLoggerContext());
    capture.start();
    logger(Logger.ROOT_LOGGER_NAME).addAppender(capture);
    for (String name : TALKATIVE) {
      logger(name).setLevel(Level.TRACE);
    }
    return capture;
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(
        event.getFormattedMessage()
            + (event.getThrowableProxy() == null
                ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
  }

  @Override
  public void close() {
    logger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
    logger("dev.weir").setLevel(Level.INFO);
    logger("org.springframework.security").setLevel(null);
    stop();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
