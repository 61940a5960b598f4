package dev.weir.faults.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers a client's messages until a round trip is complete, and knows what it executes. */
final class FrontendMessages {
  private static final int BODY = 5;

  private final Map<String, String> prepared = new HashMap<>();
  private final Map<String, String> portals = new HashMap<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> statements = new ArrayList<>();

  /** What is to be done after a message. */
  enum Next {
    /** The round trip is not complete. */
    GATHER,
    /** The server answers with ReadyForQuery. */
    ROUND_TRIP,
    /** Pass on what is gathered; no ReadyForQuery of its own follows. */
    FORWARD
  }

  Next add(byte[] message) {
    bytes.writeBytes(message);
    return switch (message[0]) {
      case 'Q' -> {
        statements.add(Messages.text(message, BODY));
        yield Next.ROUND_TRIP;
      }
      case 'P' -> {
        prepared.put(
            Messages.text(message, BODY), Messages.text(message, Messages.after(message, BODY)));
        yield Next.GATHER;
      }
      case 'B' -> {
        String name = Messages.text(message, Messages.after(message, BODY));
        portals.put(Messages.text(message, BODY), prepared.getOrDefault(name, ""));
        yield Next.GATHER;
      }
      case 'E' -> {
        statements.add(portals.getOrDefault(Messages.text(message, BODY), ""));
        yield Next.GATHER;
      }
      case 'C' -> {
        (message[BODY] == 'S' ? prepared : portals).remove(Messages.text(message, BODY + 1));
        yield Next.GATHER;
      }
      case 'D' -> Next.GATHER;
      case 'S', 'F' -> Next.ROUND_TRIP;
      default -> Next.FORWARD; // Flush, COPY data and its end, passwords, Terminate
    };
  }

  List<String> takeStatements() {
    List<String> taken = List.copyOf(statements);
    statements.clear();
    return taken;
  }

  byte[] takeBytes() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
