package dev.weir.serving.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that takes one message, encrypted or not, and answers one command as a test wants
 * it to.
 */
final class ScriptedMailServer implements AutoCloseable {
  /** In place of an answer: it closes the connection, in good order. */
  static final String GOES = "";

  private final ServerSocket socket;
  private final String command;
  private final String answer;
  private final Tls tls;
  private final Queue<String> encrypted = new ConcurrentLinkedQueue<>();

  /**
   * How it encrypts.
   *
   * @param atOnce from the first byte on; otherwise when the client says STARTTLS
   */
  record Tls(SSLContext context, boolean atOnce) {}

  /**
   * @param command its first word; {@code .} for the end of the message
   */
  ScriptedMailServer(String command, String answer) throws IOException {
    this(command, answer, null);
  }

  /**
   * The same.
   *
   * @param tls null: it encrypts nothing
   */
  ScriptedMailServer(String command, String answer, Tls tls) throws IOException {
    this.command = command;
    this.answer = answer;
    this.tls = tls;
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The first words of what it was told encrypted. */
  List<String> encrypted() {
    return List.copyOf(encrypted);
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      boolean atOnce = tls != null && tls.atOnce();
      if (talk(atOnce ? encrypting(client) : client, atOnce)) {
        talk(encrypting(client), true);
      }
    } catch (IOException e) {
      // The test is over, or its client is gone.
    }
  }

  private Socket encrypting(Socket client) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(
                    client, client.getInetAddress().getHostAddress(), client.getPort(), false);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  /**
   * Answers what a client says.
   *
   * @return whether it wants to begin anew, encrypted
   */
  private boolean talk(Socket client, boolean secure) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = client.getOutputStream();
    if (!secure || tls.atOnce()) {
      say(out, "220 here");
    }
    boolean message = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (message && !line.equals(".")) {
        continue;
      }
      String word = line.split("[ :]", 2)[0];
      if (secure) {
        encrypted.add(word);
      }
      if (tls != null && !secure && word.equals("STARTTLS")) {
        say(out, "220 go on");
        return true;
      }
      if (tls != null && !secure && word.equals("EHLO")) {
        say(out, "250-here");
        say(out, "250 STARTTLS");
        continue;
      }
      String said = word.equals(command) ? answer : usual(word);
      if (said.equals(GOES)) {
        return false;
      }
      say(out, said);
      message = said.startsWith("354");
    }
    return false;
  }

  private static String usual(String word) {
    return switch (word) {
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
