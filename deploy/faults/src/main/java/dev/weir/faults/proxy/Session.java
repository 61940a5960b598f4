package dev.weir.faults.proxy;

/** A client's session with the server, through the proxy. */
public interface Session {

  /** Counts the proxy's sessions from 1. */
  long number();

  /** The client's {@code application_name}; empty until the server has confirmed one. */
  String application();

  /** Closes the connection on both sides. What was not passed on goes nowhere. */
  void cut();
}
