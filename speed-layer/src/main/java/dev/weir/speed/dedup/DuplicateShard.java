package dev.weir.speed.dedup;

import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.pipeline.Source;
import dev.weir.speed.PipelineDeclaration;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * Sends an event to the shard of its duplicate key, so that a resend meets its original whatever
 * partition it lands in.
 */
public final class DuplicateShard implements KeySelector<Event, Integer> {
  private static final long serialVersionUID = 1L;

  private final PipelineDeclaration declaration;
  private transient KeyGroupShards shards;
  private transient DuplicateKey key;

  /** For events of that pipeline. */
  public DuplicateShard(PipelineDeclaration declaration) {
    this.declaration = declaration;
  }

  @Override
  public Integer getKey(Event event) {
    if (key == null) {
      key = new DuplicateKey(sourceNames(declaration));
      shards = new KeyGroupShards(DropDuplicates.MAX_PARALLELISM);
    }
    // An event without an id is nobody's duplicate; any shard will do.
    long hash =
        event.idUtf8() == null
            ? event.offset() * 0x9E3779B97F4A7C15L
            : key.set(event.source(), event.idUtf8(), event.hourMillis()).high();
    return shards.keyOf(shards.shardOf(hash));
  }

  static List<String> sourceNames(PipelineDeclaration declaration) {
    return declaration.pipeline().sources().stream().map(Source::name).toList();
  }
}
