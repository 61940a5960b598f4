package dev.weir.local.part;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Whether anything listens on a port of this machine. */
final class Loopback {
  private Loopback() {}

  static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
