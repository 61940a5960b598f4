package dev.weir.faults.proxy;

/** When, seen from the server, a {@link Trigger} fires. */
public enum Moment {
  /** The server has not heard of the round trip. */
  BEFORE,
  /** The server has done it, successfully and to its end, and the client has not heard of that. */
  AFTER
}
