package dev.weir.speed.combine;

import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Sends all deltas of a series to one subtask. Not {@code keyBy}, which would open a state backend
 * that nobody uses.
 */
public final class SeriesPartitioner implements Partitioner<Integer> {
  private static final long serialVersionUID = 1L;

  /** The deltas, each on its way to its series' subtask. */
  public static DataStream<EpochPart> partition(DataStream<EpochPart> deltas) {
    return deltas.partitionCustom(new SeriesPartitioner(), SeriesPartitioner::hash);
  }

  private static Integer hash(EpochPart part) {
    return part instanceof SeriesDelta delta ? delta.key().hashCode() : 0;
  }

  @Override
  public int partition(Integer hash, int partitions) {
    int mixed = hash * 0x9E3779B9;
    return (int) (((mixed & 0xFFFFFFFFL) * partitions) >>> 32);
  }
}
