package dev.weir.faults.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection's two directions, each with a thread of its own. */
final class ProxySession implements Session {
  private static final int BUFFER_BYTES = 1 << 16;

  private final long number;
  private final PostgresProxy proxy;
  private final Socket client;
  private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
  private volatile Socket server;
  private volatile boolean cut;
  private volatile String application = "";
  private volatile int backend;

  ProxySession(long number, PostgresProxy proxy, Socket client) {
    this.number = number;
    this.proxy = proxy;
    this.client = client;
  }

  /** A round trip that the server has not finished answering. */
  private static final class Pending {
    final RoundTrip roundTrip;
    final Armed after;
    boolean failed;

    Pending(RoundTrip roundTrip, Armed after) {
      this.roundTrip = roundTrip;
      this.after = after;
    }
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public String application() {
    return application;
  }

  @Override
  public int backend() {
    return backend;
  }

  @Override
  public void cut() {
    cut = true;
    PostgresProxy.close(client);
    Socket open = server;
    if (open != null) {
      PostgresProxy.close(open);
    }
  }

  /** Runs the session to its end. */
  void run() {
    try {
      DataInputStream in = input(client);
      byte[] startup = startup(in);
      if (startup == null) {
        return;
      }
      proxy.valve().pass();
      server = proxy.connect();
      client.setTcpNoDelay(true);
      OutputStream out = output(server);
      out.write(startup);
      out.flush();
      if (cut || Messages.startupCode(startup) == Messages.CANCEL_REQUEST) {
        // The server closes the connection when it has taken note.
        int unused = server.getInputStream().read();
        return;
      }
      proxy.thread("proxy-backend-" + number, this::answers);
      requests(in, out);
    } catch (IOException e) {
      // Either side is gone; the other one is told by closing.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cut();
      proxy.ended(this);
    }
  }

  /** The first message that is not a request for encryption, which is denied. */
  private byte[] startup(DataInputStream in) throws IOException, InterruptedException {
    while (true) {
      byte[] message = Messages.readStartup(in);
      if (message == null) {
        return null;
      }
      int code = Messages.startupCode(message);
      if (code != Messages.SSL_REQUEST && code != Messages.GSS_REQUEST) {
        return message;
      }
      proxy.valve().pass();
      client.getOutputStream().write('N');
    }
  }

  private void requests(DataInputStream in, OutputStream out)
      throws IOException, InterruptedException {
    FrontendMessages messages = new FrontendMessages();
    long roundTrips = 0;
    for (byte[] message = Messages.read(in); message != null; message = Messages.read(in)) {
      switch (messages.add(message)) {
        case GATHER -> {}
        case FORWARD -> {
          proxy.valve().pass();
          out.write(messages.takeBytes());
          flushIfIdle(in, out);
        }
        case ROUND_TRIP -> {
          RoundTrip next = new RoundTrip(++roundTrips, messages.takeStatements());
          proxy.gate().before(this, next);
          if (proxy.fire(Moment.BEFORE, this, next) == Verdict.CUT) {
            return;
          }
          proxy.valve().pass();
          pending.add(new Pending(next, proxy.take(Moment.AFTER, this, next)));
          out.write(messages.takeBytes());
          flushIfIdle(in, out);
        }
      }
    }
  }

  private void answers() {
    try (ByteArrayOutputStream held = new ByteArrayOutputStream()) {
      DataInputStream in = input(server);
      OutputStream out = output(client);
      for (byte[] message = Messages.read(in); message != null; message = Messages.read(in)) {
        Pending current = pending.peek();
        note(message, current);
        boolean holds = current != null && current.after != null;
        if (holds && (message[0] == 'C' || held.size() > 0)) {
          held.writeBytes(message);
        }
        if (message[0] == 'Z' && current != null && !answered(current)) {
          return;
        }
        proxy.valve().pass();
        if (held.size() == 0) {
          out.write(message);
        } else if (message[0] == 'Z') {
          held.writeTo(out);
          held.reset();
        }
        flushIfIdle(in, out);
      }
    } catch (IOException e) {
      // As above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cut();
      proxy.gate().ended(this);
      for (Pending unanswered : pending) {
        if (unanswered.after != null) {
          unanswered.after.giveBack();
        }
      }
    }
  }

  private void note(byte[] message, Pending current) {
    if (message[0] == 'E' && current != null) {
      current.failed = true;
    } else if (message[0] == 'S' && Messages.text(message, 5).equals("application_name")) {
      application = Messages.text(message, Messages.after(message, 5));
    } else if (message[0] == 'K') {
      backend = ByteBuffer.wrap(message).getInt(5);
    }
  }

  /** The round trip is over; whether the client may know. */
  private boolean answered(Pending done) throws InterruptedException {
    pending.remove();
    if (done.after != null) {
      if (done.failed) {
        done.after.giveBack();
      } else if (done.after.run(this, done.roundTrip) == Verdict.CUT) {
        return false;
      }
    }
    proxy.gate().answered(this, done.roundTrip);
    return true;
  }

  private static void flushIfIdle(DataInputStream in, OutputStream out) throws IOException {
    if (in.available() == 0) {
      out.flush();
    }
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
  }

  private static OutputStream output(Socket socket) throws IOException {
    return new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
  }
}
