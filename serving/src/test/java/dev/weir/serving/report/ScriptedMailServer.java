package dev.weir.serving.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A mail server that takes one message, and answers one command as a test wants it to. */
final class ScriptedMailServer implements AutoCloseable {
  /** In place of an answer: it closes the connection, in good order. */
  static final String GOES = "";

  private final ServerSocket socket;
  private final String command;
  private final String answer;

  /**
   * @param command its first word; {@code .} for the end of the message
   */
  ScriptedMailServer(String command, String answer) throws IOException {
    this.command = command;
    this.answer = answer;
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try (Socket client = socket.accept();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream out = client.getOutputStream();
      say(out, "220 here");
      boolean message = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (message && !line.equals(".")) {
          continue;
        }
        String word = line.split("[ :]", 2)[0];
        String said = word.equals(command) ? answer : usual(word);
        if (said.equals(GOES)) {
          return;
        }
        say(out, said);
        message = said.startsWith("354");
      }
    } catch (IOException e) {
      // The test is over, or its client is gone.
    }
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
