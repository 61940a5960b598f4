package dev.weir.benchmark.peer.limit;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import dev.weir.benchmark.peer.work.TrafficTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Drains the topic with two threads; this one merges what they counted and upserts the changed
 * minutes. Orders: {@code kafka}, {@code topic}, {@code database}, {@code folder}.
 */
public final class LimitPeer {
  private static final int THREADS = 2;
  private static final long PATIENCE_MILLIS = 200;

  private LimitPeer() {}

  public static void main(String[] arguments)
      throws SQLException, InterruptedException, ExecutionException {
    PeerOrders orders = PeerOrders.of(arguments);
    PeerReport.startTelling();
    LinkedBlockingQueue<Totals> results = new LinkedBlockingQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Void>> drains = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      drains.add(threads.submit(new DrainPartitions(orders, i, THREADS, results::add)));
    }
    threads.shutdown();
    publish(orders, results, drains);
    for (Future<Void> drain : drains) {
      drain.get();
    }
    PeerReport.finished();
  }

  private static void publish(
      PeerOrders orders, LinkedBlockingQueue<Totals> results, List<Future<Void>> drains)
      throws SQLException, InterruptedException {
    Totals all = new Totals();
    try (TrafficTable table = TrafficTable.open(orders.database())) {
      boolean draining = true;
      while (draining) {
        // Asked before the queue: what a thread gave last is then in it.
        draining = !drains.stream().allMatch(Future::isDone);
        Set<Long> changed = new HashSet<>();
        Totals next = results.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        while (next != null) {
          changed.addAll(next.minutes());
          all.add(next);
          next = results.poll();
        }
        table.upsert(all.rows(changed));
      }
    }
  }
}
