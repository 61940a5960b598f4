package dev.weir.faults.proxy;

/**
 * Asked about every round trip of every session; steps sessions statement by statement. Called by
 * the session's own threads, so it may wait: nothing else of that session moves meanwhile.
 */
public interface Gate {

  /** Returns when the round trip may be passed on. */
  void before(Session session, RoundTrip next) throws InterruptedException;

  /** The server has answered, successfully or not; the client hears of it when this returns. */
  default void answered(Session session, RoundTrip done) throws InterruptedException {}

  /** The session is over; nobody is left to hear answers or to be held. */
  default void ended(Session session) {}

  /** Lets everything through. */
  Gate OPEN = (session, next) -> {};
}
