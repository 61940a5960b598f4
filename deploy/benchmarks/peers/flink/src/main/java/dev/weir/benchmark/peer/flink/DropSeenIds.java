package dev.weir.benchmark.peer.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Passes each event id once; keyed by it. Forgets it after ten minutes of processing time. */
final class DropSeenIds extends RichFilterFunction<ShopEvent> {
  private static final long serialVersionUID = 1L;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final long ENTRIES_BETWEEN_LOOKS_AT_THE_CLOCK = 1000;

  private transient ValueState<Boolean> seen;

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Types.BOOLEAN);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(REMEMBERED)
            .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_LOOKS_AT_THE_CLOCK)
            .build());
    seen = getRuntimeContext().getState(descriptor);
  }

  @Override
  public boolean filter(ShopEvent event) throws Exception {
    if (seen.value() != null) {
      return false;
    }
    seen.update(true);
    return true;
  }
}
