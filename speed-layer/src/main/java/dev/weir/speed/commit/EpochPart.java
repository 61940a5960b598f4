package dev.weir.speed.commit;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveKind;
import dev.weir.event.DeadLetter;
import dev.weir.event.RejectReason;
import java.util.Objects;
import java.util.UUID;

/**
 * One piece of an epoch on its way to {@link CommitSink}. Every operator sends what it did between
 * two barriers before it forwards the second one ({@code prepareSnapshotPreBarrier}) or at the end
 * of its input ({@code finish}); the parts of one epoch may come from any number of subtasks and in
 * any order, and are added up.
 */
public sealed interface EpochPart {

  /**
   * What the epoch adds to one series. Two deltas of the same series in one epoch are merged. The
   * sender does not touch the aggregate afterwards.
   *
   * @param cube index into {@code Pipeline.cubes()}, the key's own
   */
  record SeriesDelta(int cube, AggregateKey key, MinuteAggregate aggregate) implements EpochPart {
    /** Checks that the key belongs to the cube. */
    public SeriesDelta {
      Objects.requireNonNull(aggregate, "aggregate");
      if (cube != key.cube()) {
        throw new IllegalArgumentException(
            "a delta of cube " + cube + " carries a key of cube " + key.cube());
      }
    }
  }

  /**
   * An archive file that is closed and synced, folders included.
   *
   * @param kind arrivals or dead letters; compacted hours are the batch layer's
   */
  record FileWritten(ArchiveFile file, ArchiveKind kind) implements EpochPart {
    /** Checks the kind. */
    public FileWritten {
      Objects.requireNonNull(file, "file");
      if (kind == ArchiveKind.HOURS) {
        throw new IllegalArgumentException(
            "a commit cannot list the compacted file " + file.path());
      }
    }
  }

  /**
   * What became of a source's records, as far as the sender knows it: partial sums, so that any
   * operator may report its share. Over all parts of an epoch, in = counted + duplicate +
   * deadLettered + filtered for every source.
   *
   * @param source index into {@code Pipeline.sources()}
   */
  record SourceCounters(
      int source, long in, long counted, long duplicate, long deadLettered, long filtered)
      implements EpochPart {}

  /**
   * How far a partition was read by the end of the epoch. Of several parts for one partition the
   * highest wins.
   *
   * @param source index into {@code Pipeline.sources()}
   * @param nextOffset the offset of the next record to read
   */
  record OffsetsAdvanced(int source, String topic, int partition, long nextOffset)
      implements EpochPart {
    /** Checks that the topic is there. */
    public OffsetsAdvanced {
      Objects.requireNonNull(topic, "topic");
    }
  }

  /**
   * The oldest and the newest event time counted by the sender in the epoch.
   *
   * @param minMicros epoch microseconds
   * @param maxMicros epoch microseconds
   */
  record EventTimesSeen(long minMicros, long maxMicros) implements EpochPart {
    /** Checks the order. */
    public EventTimesSeen {
      if (minMicros > maxMicros) {
        throw new IllegalArgumentException(
            "event times " + minMicros + " to " + maxMicros + " are no range");
      }
    }
  }

  /**
   * A dead letter to show. Senders bound how many they send; the commit keeps a few per source and
   * reason.
   */
  record DeadLetterSample(DeadLetter letter) implements EpochPart {
    /** Checks that the letter is there. */
    public DeadLetterSample {
      Objects.requireNonNull(letter, "letter");
    }
  }

  /**
   * The exact number of dead letters of a reason: partial sums.
   *
   * @param source index into {@code Pipeline.sources()}
   */
  record DeadLetterCount(int source, RejectReason reason, long records) implements EpochPart {
    /** Checks that the reason is there. */
    public DeadLetterCount {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A writer of the live preview starts. It is registered as soon as this part arrives, outside any
   * commit; until then it writes nothing. Sent before the writer's first delta.
   *
   * @param writer random, drawn anew by every execution of the sender
   */
  record LiveWriterStarted(UUID writer) implements EpochPart {
    /** Checks that the id is there. */
    public LiveWriterStarted {
      Objects.requireNonNull(writer, "writer");
    }
  }
}
