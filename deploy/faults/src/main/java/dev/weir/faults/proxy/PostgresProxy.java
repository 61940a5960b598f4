package dev.weir.faults.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Stands on loopback between clients and a PostgreSQL server and passes everything on, unless told
 * otherwise: {@link #arm} does something at an exact step of somebody's protocol, {@link #gate}
 * steps sessions, {@link #blackHole} makes the server unreachable, {@link #refuse} makes it look
 * gone. It denies encryption. The server may go and come back.
 */
public final class PostgresProxy implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final Pattern COMMIT = Pattern.compile("^COMMIT");

  private final int serverPort;
  private final int port;
  private final Valve valve = new Valve();
  private final Set<ProxySession> sessions = ConcurrentHashMap.newKeySet();
  private final List<Armed> triggers = new CopyOnWriteArrayList<>();
  private volatile Gate gate = Gate.OPEN;
  private volatile boolean closed;
  private volatile ServerSocket listener;
  private long accepted;

  private PostgresProxy(int serverPort) {
    this.serverPort = serverPort;
    listen(0);
    this.port = listener.getLocalPort();
  }

  /**
   * Starts on a port that is free.
   *
   * @param serverPort of the server, on loopback; it need not run yet
   */
  public static PostgresProxy before(int serverPort) {
    return new PostgresProxy(serverPort);
  }

  public int port() {
    return port;
  }

  public int serverPort() {
    return serverPort;
  }

  /** The address of a database behind this proxy. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Sessions that are open at this moment. */
  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /** Lets the trigger wait for its round trip. Of several, the one armed first is asked first. */
  public Armed arm(Trigger trigger) {
    Armed armed = new Armed(trigger);
    triggers.removeIf(t -> t.isSpent());
    triggers.add(armed);
    return armed;
  }

  /**
   * Lets the trigger wait for the COMMIT of the first transaction in which a matching statement is
   * passed on.
   */
  public Armed armAtCommit(Trigger inTransaction) {
    Armed commit =
        new Armed(
            new Trigger(
                inTransaction.moment(), COMMIT, Pattern.compile(""), 0, inTransaction.action()));
    arm(
        new Trigger(
            Moment.BEFORE,
            inTransaction.sql(),
            inTransaction.application(),
            inTransaction.session(),
            (session, next) -> {
              commit.only(session);
              triggers.add(commit);
              return Verdict.PASS;
            }));
    return commit;
  }

  /** From now on every round trip passes this gate. */
  public void gate(Gate next) {
    gate = next;
  }

  /**
   * From now on nothing goes through: connections are accepted and hang. What was sent is kept and
   * goes on after {@link #open}, like packets that are sent again after an outage of the network.
   */
  public void blackHole() {
    valve.shut();
  }

  /** From now on new connections are refused; those that are open go on. */
  public void refuse() {
    close(listener);
  }

  /** Ends {@link #blackHole} and {@link #refuse}. */
  public void open() {
    if (listener.isClosed() && !closed) {
      listen(port);
    }
    valve.open();
  }

  /** Closes every connection. What was not passed on goes nowhere. */
  public void cutAll() {
    sessions.forEach(ProxySession::cut);
  }

  /** Closes every connection and the port. */
  @Override
  public void close() {
    closed = true;
    close(listener);
    cutAll();
    valve.open();
  }

  Valve valve() {
    return valve;
  }

  Gate gate() {
    return gate;
  }

  Socket connect() throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    server.setTcpNoDelay(true);
    return server;
  }

  void ended(ProxySession session) {
    sessions.remove(session);
  }

  /** The trigger whose turn this is; null if there is none. */
  Armed take(Moment moment, Session session, RoundTrip roundTrip) {
    for (Armed armed : triggers) {
      if (armed.matches(moment, session, roundTrip) && armed.take()) {
        return armed;
      }
    }
    return null;
  }

  Verdict fire(Moment moment, Session session, RoundTrip roundTrip) {
    Armed armed = take(moment, session, roundTrip);
    return armed == null ? Verdict.PASS : armed.run(session, roundTrip);
  }

  void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void listen(int wanted) {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
      listener = opened;
      thread("proxy-accept", () -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + wanted, e);
    }
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        ProxySession session = new ProxySession(++accepted, this, client);
        sessions.add(session);
        thread("proxy-frontend-" + session.number(), session::run);
      }
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  static void close(java.io.Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
