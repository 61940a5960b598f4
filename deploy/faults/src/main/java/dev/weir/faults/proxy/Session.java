package dev.weir.faults.proxy;

/** A client's session with the server, through the proxy. */
public interface Session {

  /** Counts the proxy's sessions from 1. */
  long number();

  /** The client's {@code application_name}; empty until the server has confirmed one. */
  String application();

  /** Process id of the server's side; 0 until the server has told it. */
  int backend();

  /** Closes the connection on both sides. What was not passed on goes nowhere. */
  void cut();
}
