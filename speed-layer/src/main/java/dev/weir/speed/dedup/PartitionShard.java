package dev.weir.speed.dedup;

import dev.weir.event.Event;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.source.PartitionKeyGroup;
import org.apache.flink.api.java.functions.KeySelector;

/** The shard, which is a key group, of the partition that an event was read from. */
public final class PartitionShard implements KeySelector<Event, Integer> {
  private static final long serialVersionUID = 1L;

  private final PipelineDeclaration declaration;
  private transient KeyGroupShards shards;

  /** For events of that pipeline. */
  public PartitionShard(PipelineDeclaration declaration) {
    this.declaration = declaration;
  }

  @Override
  public Integer getKey(Event event) {
    if (shards == null) {
      shards = new KeyGroupShards(PartitionKeyGroup.COUNT);
    }
    return shards.keyOf(
        PartitionKeyGroup.of(
            declaration.pipeline().sources().get(event.source()),
            event.topic(),
            event.partition()));
  }
}
