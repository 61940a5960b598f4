package dev.weir.local.flink;

import dev.weir.local.part.LocalParts;
import dev.weir.local.part.LogConfiguration;
import dev.weir.local.part.Part;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;

/** The session cluster's TaskManager. */
public final class FlinkTaskManager implements Part {
  private final DataDirectory data;
  private final Installation installation;
  private final FlinkConfiguration configuration;

  public FlinkTaskManager(
      DataDirectory data, Installation installation, FlinkConfiguration configuration) {
    this.data = data;
    this.installation = installation;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return LocalParts.TASK_MANAGER;
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public ProcessBuilder prepare() {
    int heap = FlinkConfiguration.TASK_HEAP_MEGABYTES + FlinkConfiguration.FRAMEWORK_HEAP_MEGABYTES;
    return new ProcessBuilder(
            new JavaCommand(data, heap)
                .opened()
                .option("-XX:+UseG1GC")
                // Most portions from Kafka are then no objects that need regions of their own.
                .option("-XX:G1HeapRegionSize=16m")
                // The remembered duplicates are hundreds of megabytes, looked at in no order. Only
                // Linux's JVM knows the option; others would refuse to start.
                .option("-XX:+IgnoreUnrecognizedVMOptions")
                .option("-XX:+UseTransparentHugePages")
                .compilingLate()
                .option("-XX:MaxDirectMemorySize=" + FlinkConfiguration.DIRECT_MEGABYTES + "m")
                .option("-XX:MaxMetaspaceSize=256m")
                .option("-XX:+ExitOnOutOfMemoryError")
                .option("-Dlog4j2.configurationFile=" + LogConfiguration.write(data, name()))
                .lib(installation.sessionLib())
                .run(
                    "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                    "--configDir",
                    configuration.write().toString())
                .words())
        .directory(data.folder("flink").toFile());
  }

  @Override
  public boolean isReady() {
    return new FlinkRest("http://" + configuration.restAddress()).slots() > 0;
  }
}
