package dev.weir.benchmark.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The moments of one drain, in order, and what follows from them. */
public final class Samples {
  private final List<Sample> samples = new ArrayList<>();

  public void add(Sample sample) {
    samples.add(sample);
  }

  public boolean isEmpty() {
    return samples.isEmpty();
  }

  public Sample first() {
    return samples.get(0);
  }

  public Sample last() {
    return samples.get(samples.size() - 1);
  }

  /**
   * The part of the drain between two numbers of events, each taken on the straight line between
   * two samples; empty if it was passed in one step.
   */
  public Optional<Stretch> between(long fromEvents, long toEvents) {
    int from = reached(fromEvents);
    int to = reached(toEvents);
    return from < 0 || to < 0 || from == to
        ? Optional.empty()
        : Optional.of(new Stretch(at(fromEvents, from), at(toEvents, to)));
  }

  /** From the last sample before anything was counted to the last of all; start-up is left out. */
  public Stretch fromFirstEvent() {
    Sample start = first();
    for (Sample sample : samples) {
      if (sample.events() > first().events()) {
        break;
      }
      start = sample;
    }
    return new Stretch(start, last());
  }

  /** Everything from the first sample to the last. */
  public Stretch whole() {
    return new Stretch(first(), last());
  }

  /** The place of the first sample that has as many; -1 if none has. */
  private int reached(long events) {
    for (int i = 0; i < samples.size(); i++) {
      if (samples.get(i).events() >= events) {
        return i;
      }
    }
    return -1;
  }

  private Sample at(long events, int reached) {
    Sample after = samples.get(reached);
    if (reached == 0) {
      return after;
    }
    Sample before = samples.get(reached - 1);
    double share = (double) (events - before.events()) / (after.events() - before.events());
    return before.towards(after, share);
  }

  /** Two moments, and the rates between them. */
  public record Stretch(Sample from, Sample to) {
    public double seconds() {
      return (to.nanos() - from.nanos()) / 1e9;
    }

    public double eventsPerSecond() {
      return (to.events() - from.events()) / seconds();
    }

    /** CPU seconds per million events of one of the parts. */
    public double cpuSecondsPerMillion(ToDoubleFunction<Sample> part) {
      double used = part.applyAsDouble(to) - part.applyAsDouble(from);
      return used / ((to.events() - from.events()) / 1e6);
    }

    /** Cores that job, broker and database kept busy together. */
    public double coresUsed() {
      return (busy(to) - busy(from)) / seconds();
    }

    /** Cores that anything else kept busy: near 0, or the other figures say little. */
    public double coresUsedByOthers() {
      double all = (to.machineCpuSeconds() - from.machineCpuSeconds()) / seconds();
      return Math.max(0, all - coresUsed());
    }

    private static double busy(Sample sample) {
      return sample.jobCpuSeconds() + sample.brokerCpuSeconds() + sample.databaseCpuSeconds();
    }
  }
}
