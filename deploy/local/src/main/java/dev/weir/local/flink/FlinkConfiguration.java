package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The session cluster's {@code config.yaml}, sized for a laptop: at most 3.5 GB in all. The
 * TaskManager's memory is given part by part, because its start script, which would divide it, is
 * not used.
 *
 * @param restPort of the JobManager's REST interface and web UI
 * @param rpcPort by which the TaskManager finds the JobManager
 * @param different entries that win over the usual ones
 */
public record FlinkConfiguration(
    DataDirectory data, int restPort, int rpcPort, Map<String, String> different) {
  static final int SLOTS = 4;
  private static final String TEMPORARY = "flink/tmp";
  private static final String UPLOAD = "flink/upload";
  static final int TASK_HEAP_MEGABYTES = 1920;
  static final int FRAMEWORK_HEAP_MEGABYTES = 128;
  static final int DIRECT_MEGABYTES = 512;

  /** The folder for {@code --configDir}. */
  public Path folder() {
    return data.folder("flink/conf");
  }

  public String restAddress() {
    return "127.0.0.1:" + restPort;
  }

  /** How parallel the job is. */
  int parallelism() {
    String given = different.get("parallelism.default");
    return given == null
        ? Math.min(SLOTS, Math.max(1, Runtime.getRuntime().availableProcessors()))
        : Integer.parseInt(given);
  }

  /**
   * Deletes what processes that did not end by themselves have left: 20 MB and more each. Only
   * while none runs.
   */
  public static void deleteTemporaryFiles(DataDirectory data) {
    try {
      FolderTree.delete(data.root().resolve(TEMPORARY));
      FolderTree.delete(data.root().resolve(UPLOAD));
      WorkingFolder.of(data).delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write() {
    try {
      Files.writeString(folder().resolve("config.yaml"), text());
      return folder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() throws IOException {
    Stream<String> kept =
        usual(WorkingFolder.of(data).create())
            .lines()
            .filter(line -> !different.containsKey(key(line)));
    Stream<String> added = different.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue());
    return Stream.concat(kept, added).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String key(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':')));
  }

  private String usual(Path rocksDb) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        rest.bind-port: "%d"
        web.upload.dir: %s
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: %d
        taskmanager.cpu.cores: %d.0
        taskmanager.memory.framework.heap.size: %dm
        taskmanager.memory.task.heap.size: %dm
        taskmanager.memory.managed.size: 256m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.framework.off-heap.size: 128m
        taskmanager.memory.task.off-heap.size: 128m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        parallelism.default: %d
        io.tmp.dirs: %s
        state.backend.rocksdb.localdir: %s
        execution.checkpointing.storage: filesystem
        execution.checkpointing.dir: %s
        execution.checkpointing.savepoint-dir: %s
        execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
        execution.checkpointing.num-retained: 3
        # A TaskManager that was killed is missed after two of these, so that the next weir up finds the
        # job restarted; one that a busy disk holds up keeps its job.
        heartbeat.interval: 5000
        heartbeat.timeout: 60000
        restart-strategy.type: exponential-delay
        # What the REST interface says of a job may be so old, and weir up and down wait for it.
        web.refresh-interval: 1000
        """
        .formatted(
            rpcPort,
            restPort,
            restPort,
            quoted(data.folder(UPLOAD).toString()),
            SLOTS,
            SLOTS,
            FRAMEWORK_HEAP_MEGABYTES,
            TASK_HEAP_MEGABYTES,
            parallelism(),
            quoted(data.folder(TEMPORARY).toString()),
            quoted(rocksDb.toString()),
            quoted(address(data.checkpoints())),
            quoted(address(data.savepoints())));
  }

  /** A folder as Flink names it; unlike in a URI, nothing is escaped. */
  static String address(Path folder) {
    return "file://" + folder;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
