package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.Committable.ReasonCount;
import dev.weir.speed.commit.Committable.SampledLetter;
import dev.weir.speed.commit.Committable.SourceTotals;
import dev.weir.speed.commit.EpochPart.DeadLetterCount;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Adds up the parts of the epoch that is open and makes a committable of it. */
final class EpochGatherer {
  /** Dead letters kept to show, per source and reason. */
  static final int SAMPLES_PER_REASON = 20;

  /** Bytes of a dead letter kept to show; all of them are in the archive. */
  static final int SAMPLE_BYTES = 4096;

  private static final long FIRST_SHOWN_MILLIS =
      Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_SHOWN_MILLIS =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final Pipeline pipeline;
  private final EpochDeltas epochDeltas;

  private final Map<AggregateKey, MinuteAggregate> series = new HashMap<>();
  private final List<FileWritten> files = new ArrayList<>();
  private final Map<Integer, SourceCounters> counters = new TreeMap<>();
  private final Map<Partition, Long> offsets = new HashMap<>();
  private final Map<Rejection, Long> deadLetters = new HashMap<>();
  private final Map<Rejection, List<SampledLetter>> samples = new HashMap<>();
  private EventTimesSeen times;

  EpochGatherer(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.epochDeltas = new EpochDeltas(pipeline);
  }

  void add(EpochPart part) {
    if (part instanceof SeriesDelta delta) {
      // The aggregate is ours from here on: the first delta of a series is kept, others are merged
      // into it.
      MinuteAggregate known = series.putIfAbsent(delta.key(), delta.aggregate());
      if (known != null) {
        known.merge(delta.aggregate());
      }
    } else if (part instanceof FileWritten written) {
      files.add(written);
    } else if (part instanceof SourceCounters more) {
      counters.merge(more.source(), more, EpochGatherer::sum);
    } else if (part instanceof OffsetsAdvanced advanced) {
      Partition partition =
          new Partition(source(advanced.source()), advanced.topic(), advanced.partition());
      offsets.merge(partition, advanced.nextOffset(), Math::max);
    } else if (part instanceof EventTimesSeen seen) {
      times = times == null ? seen : span(times, seen);
    } else if (part instanceof DeadLetterSample sample) {
      keep(sample.letter());
    } else if (part instanceof DeadLetterCount count) {
      Rejection rejection = new Rejection(source(count.source()), count.reason().name());
      deadLetters.merge(rejection, count.records(), Math::addExact);
    } else if (part instanceof LiveWriterStarted started) {
      throw new IllegalArgumentException(
          "the live writer " + started.writer() + " is registered at once and belongs to no epoch");
    } else {
      throw new IllegalArgumentException("an epoch has no part " + part.getClass());
    }
  }

  /** Whether nothing happened since the last {@link #clear}. */
  boolean isEmpty() {
    return series.isEmpty()
        && files.isEmpty()
        && counters.values().stream().allMatch(EpochGatherer::isZero)
        && offsets.isEmpty()
        && deadLetters.isEmpty()
        && samples.isEmpty();
  }

  /**
   * The epoch so far, as a committable. Leaves the epoch open: {@link #clear} closes it.
   *
   * @throws IllegalStateException if a source's counters contradict each other: no such epoch may
   *     become part of a checkpoint, for it could never be committed
   */
  Committable toCommittable(UUID uuid, UUID parent, long attempt, String jobId, long checkpoint) {
    return new Committable(
        uuid,
        parent,
        attempt,
        jobId,
        checkpoint,
        times == null ? null : instant(times.minMicros()),
        times == null ? null : instant(times.maxMicros()),
        totals(),
        offsets.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Partition.ORDER))
            .map(e -> e.getKey().at(e.getValue()))
            .toList(),
        deadLetters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Rejection.ORDER))
            .map(e -> new ReasonCount(e.getKey().source(), e.getKey().reason(), e.getValue()))
            .toList(),
        samples.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Rejection.ORDER))
            .flatMap(e -> e.getValue().stream())
            .toList(),
        files.stream().sorted(Comparator.comparing(f -> f.file().path())).toList(),
        epochDeltas.of(series));
  }

  /** Closes the epoch and opens the next. */
  void clear() {
    series.clear();
    files.clear();
    counters.clear();
    offsets.clear();
    deadLetters.clear();
    samples.clear();
    times = null;
  }

  private List<SourceTotals> totals() {
    List<SourceTotals> totals = new ArrayList<>();
    for (SourceCounters c : counters.values()) {
      if (isZero(c)) {
        continue;
      }
      String name = source(c.source());
      if (c.in() != c.counted() + c.duplicate() + c.deadLettered() + c.filtered()) {
        throw new IllegalStateException(
            ("cannot close the epoch: of source %s came in %d records, but %d counted + %d "
                    + "duplicate + %d dead-lettered + %d filtered are %d; this is a defect of the speed "
                    + "layer")
                .formatted(
                    name,
                    c.in(),
                    c.counted(),
                    c.duplicate(),
                    c.deadLettered(),
                    c.filtered(),
                    c.counted() + c.duplicate() + c.deadLettered() + c.filtered()));
      }
      totals.add(
          new SourceTotals(
              name, c.in(), c.counted(), c.duplicate(), c.deadLettered(), c.filtered()));
    }
    return totals;
  }

  private void keep(DeadLetter letter) {
    RawRecord record = letter.record();
    Rejection rejection = new Rejection(source(record.source()), letter.reason().name());
    List<SampledLetter> kept = samples.computeIfAbsent(rejection, r -> new ArrayList<>());
    boolean known =
        kept.stream()
            .anyMatch(
                k ->
                    k.topic().equals(record.topic())
                        && k.partition() == record.partition()
                        && k.offset() == record.offset());
    if (kept.size() < SAMPLES_PER_REASON && !known) {
      byte[] raw = record.value() == null ? new byte[0] : record.value();
      kept.add(
          new SampledLetter(
              rejection.source(),
              storable(record.topic()),
              record.partition(),
              record.offset(),
              storable(record.recordMillis()),
              rejection.reason(),
              storable(letter.detail()),
              raw.length <= SAMPLE_BYTES ? raw : Arrays.copyOf(raw, SAMPLE_BYTES)));
    }
  }

  /**
   * PostgreSQL's text takes neither NUL nor unpaired surrogates, and a detail may quote the record.
   */
  private static String storable(String text) {
    byte[] utf8 = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * Producers set record times, and an absurd one must not make the epoch impossible to commit:
   * what PostgreSQL's timestamps do not hold is shown as the nearest of these bounds.
   */
  private static Instant storable(long recordMillis) {
    return Instant.ofEpochMilli(
        Math.min(Math.max(recordMillis, FIRST_SHOWN_MILLIS), LAST_SHOWN_MILLIS));
  }

  private String source(int index) {
    return pipeline.sources().get(index).name();
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static SourceCounters sum(SourceCounters a, SourceCounters b) {
    return new SourceCounters(
        a.source(),
        Math.addExact(a.in(), b.in()),
        Math.addExact(a.counted(), b.counted()),
        Math.addExact(a.duplicate(), b.duplicate()),
        Math.addExact(a.deadLettered(), b.deadLettered()),
        Math.addExact(a.filtered(), b.filtered()));
  }

  private static boolean isZero(SourceCounters c) {
    return (c.in() | c.counted() | c.duplicate() | c.deadLettered() | c.filtered()) == 0;
  }

  private static EventTimesSeen span(EventTimesSeen a, EventTimesSeen b) {
    return new EventTimesSeen(
        Math.min(a.minMicros(), b.minMicros()), Math.max(a.maxMicros(), b.maxMicros()));
  }

  private record Partition(String source, String topic, int partition) {
    static final Comparator<Partition> ORDER =
        Comparator.comparing(Partition::source)
            .thenComparing(Partition::topic)
            .thenComparingInt(Partition::partition);

    NextOffset at(long nextOffset) {
      return new NextOffset(source, topic, partition, nextOffset);
    }
  }

  private record Rejection(String source, String reason) {
    static final Comparator<Rejection> ORDER =
        Comparator.comparing(Rejection::source).thenComparing(Rejection::reason);
  }
}
