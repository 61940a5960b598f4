package dev.weir.benchmark.peer.flink;

import dev.weir.benchmark.peer.work.PeerOrders;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** The settings of the cluster inside this process. */
final class FlinkSettings {
  private FlinkSettings() {}

  static Configuration of(PeerOrders orders) {
    String folder = orders.folder().toString();
    return Configuration.fromMap(
        Map.ofEntries(
            Map.entry("state.backend.type", orders.heapState() ? "hashmap" : "rocksdb"),
            Map.entry("execution.checkpointing.incremental", "true"),
            Map.entry("execution.checkpointing.interval", "10 s"),
            Map.entry("execution.checkpointing.mode", "EXACTLY_ONCE"),
            Map.entry("execution.checkpointing.storage", "filesystem"),
            Map.entry("execution.checkpointing.dir", "file://" + folder + "/checkpoints"),
            Map.entry("execution.buffer-timeout.interval", "100 ms"),
            Map.entry("taskmanager.memory.managed.size", "1g"),
            Map.entry("taskmanager.memory.network.min", "128m"),
            Map.entry("taskmanager.memory.network.max", "128m"),
            Map.entry("taskmanager.numberOfTaskSlots", "2"),
            Map.entry("io.tmp.dirs", folder),
            Map.entry("rest.address", "127.0.0.1"),
            Map.entry("rest.bind-address", "127.0.0.1"),
            Map.entry("pipeline.object-reuse", "true"),
            Map.entry(
                "pipeline.serialization-config",
                "[{com.datadoghq.sketch.ddsketch.DDSketch: {type: kryo, kryo-type: registered, class: "
                    + SketchSerializer.class.getName()
                    + "}}]")));
  }
}
