package dev.weir.faults.proxy;

import java.util.List;

/**
 * What the server answers as one: a simple query, or extended messages up to Sync. A driver may
 * send the next one before it has read the answer, as pgjdbc does after its {@code BEGIN}.
 *
 * @param number counts the session's round trips from 1
 * @param statements SQL of everything that is executed, in order; empty when nothing is
 */
public record RoundTrip(long number, List<String> statements) {
  public RoundTrip {
    statements = List.copyOf(statements);
  }
}
