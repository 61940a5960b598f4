package dev.weir.serving.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/**
 * Everything that the application logs, with Weir's own loggers and those of Spring Security at
 * their most talkative; for a while, those of all of Spring.
 */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final String[] TALKATIVE = {"dev.weir", "org.springframework.security"};
  private static final String SPRING = "org.springframework";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  static LogCapture begin() {
    LogCapture capture = new LogCapture();
    capture.setContext(logger(Logger.ROOT_LOGGER_NAME).getLoggerContext());
    capture.listen();
    return capture;
  }

  /**
   * Begins to listen, or to listen again: an application that starts after another one has ended
   * sets the log up anew.
   */
  void listen() {
    LoggingSystem log = LoggingSystem.get(LogCapture.class.getClassLoader());
    log.beforeInitialize();
    log.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    start();
    logger(Logger.ROOT_LOGGER_NAME).addAppender(this);
    for (String name : TALKATIVE) {
      logger(name).setLevel(Level.TRACE);
    }
  }

  /** All of Spring tells everything meanwhile, which is too much for longer. */
  void tellingAll(ThrowingRunnable work) throws Exception {
    logger(SPRING).setLevel(Level.TRACE);
    try {
      work.run();
    } finally {
      logger(SPRING).setLevel(null);
    }
  }

  /** Something that may fail. */
  interface ThrowingRunnable {
    void run() throws Exception;
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
