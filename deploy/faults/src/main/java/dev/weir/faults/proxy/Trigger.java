package dev.weir.faults.proxy;

import java.util.regex.Pattern;

/**
 * Something to be done once, at the first round trip that executes a matching statement.
 *
 * @param sql found anywhere in the statement's text
 * @param application found anywhere in the session's {@code application_name}
 * @param session the session's number; 0 for any
 */
public record Trigger(
    Moment moment, Pattern sql, Pattern application, long session, Action action) {
  private static final Pattern ANY = Pattern.compile("");

  public static Trigger before(String sql, Action action) {
    return new Trigger(Moment.BEFORE, Pattern.compile(sql), ANY, 0, action);
  }

  public static Trigger after(String sql, Action action) {
    return new Trigger(Moment.AFTER, Pattern.compile(sql), ANY, 0, action);
  }

  /** The same, for the sessions of an application only. */
  public Trigger by(String applicationName) {
    return new Trigger(moment, sql, Pattern.compile(applicationName), session, action);
  }

  /** The same, for one session only. */
  public Trigger of(Session only) {
    return new Trigger(moment, sql, application, only.number(), action);
  }

  boolean matches(Moment now, Session at, RoundTrip roundTrip) {
    return moment == now
        && (session == 0 || session == at.number())
        && application.matcher(at.application()).find()
        && roundTrip.statements().stream().anyMatch(s -> sql.matcher(s).find());
  }

  /** Run by the session's own thread; the session waits for it. */
  public interface Action {
    Verdict run(Session session, RoundTrip roundTrip) throws Exception;
  }
}
