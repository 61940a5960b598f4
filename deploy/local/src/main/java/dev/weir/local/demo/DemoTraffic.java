package dev.weir.local.demo;

import dev.weir.local.produce.LineProducer;
import dev.weir.local.produce.LineReader;
import dev.weir.local.produce.Pace;
import dev.weir.local.produce.RecordKey;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** Sends the sample access log, and the generated stream from a thread of its own. */
final class DemoTraffic {
  private final Endpoints endpoints;
  private final Pipeline pipeline;
  private final WebShopStream stream;
  private final double rate;
  private final Thread thread = new Thread(this::generate, "web shop");
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private volatile boolean ending;
  private volatile long sent;

  DemoTraffic(Endpoints endpoints, Pipeline pipeline, WebShopStream stream, double rate) {
    this.endpoints = endpoints;
    this.pipeline = pipeline;
    this.stream = stream;
    this.rate = rate;
    thread.setDaemon(true);
  }

  /** Sends the access log and returns how many lines it has. */
  long sendAccessLog(Path file) throws IOException {
    long lines = 0;
    try (LineReader reader = LineReader.open(file.toString());
        LineProducer producer = producer("access")) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        producer.send(line);
        lines++;
      }
      producer.flush();
    }
    return lines;
  }

  void start() {
    thread.start();
  }

  private void generate() {
    Pace pace = Pace.perSecond(rate);
    try (LineProducer producer = producer("clicks")) {
      while (!ending) {
        pace.awaitNext();
        producer.send(stream.next().bytes());
        sent = stream.totals().lines();
      }
      producer.flush();
    } catch (LocalRuntimeException e) {
      failure.set(e);
    }
  }

  private LineProducer producer(String source) {
    Source.KafkaTopic topic =
        (Source.KafkaTopic)
            pipeline.sources().stream()
                .filter(s -> s.name().equals(source))
                .findFirst()
                .orElseThrow();
    return new LineProducer(endpoints.kafka(), topic.topic(), RecordKey.of(pipeline, topic));
  }

  long sent() {
    return sent;
  }

  /** Reports a failure of the sending thread. */
  void check() {
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw cause;
    }
  }

  /** Ends the stream and returns what it amounts to, everything acknowledged. */
  WebShopTotals end() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
    check();
    return stream.totals();
  }
}
