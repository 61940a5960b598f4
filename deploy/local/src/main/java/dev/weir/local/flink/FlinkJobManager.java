package dev.weir.local.flink;

import dev.weir.local.part.LocalParts;
import dev.weir.local.part.LogConfiguration;
import dev.weir.local.part.Part;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;

/** The session cluster's JobManager, with REST interface and web UI. */
public final class FlinkJobManager implements Part {
  private final DataDirectory data;
  private final Installation installation;
  private final FlinkConfiguration configuration;

  public FlinkJobManager(
      DataDirectory data, Installation installation, FlinkConfiguration configuration) {
    this.data = data;
    this.installation = installation;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return LocalParts.JOB_MANAGER;
  }

  @Override
  public String address() {
    return "http://" + configuration.restAddress();
  }

  @Override
  public ProcessBuilder prepare() {
    return new ProcessBuilder(
            new JavaCommand(data, 640)
                .opened()
                .option("-XX:+UseSerialGC")
                // While a job starts, the second compiler would take more time than the work.
                .option("-XX:TieredStopAtLevel=1")
                .option("-XX:MaxMetaspaceSize=256m")
                .option("-Dlog4j2.configurationFile=" + LogConfiguration.write(data, name()))
                .lib(installation.sessionLib())
                .run(
                    "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                    "--configDir",
                    configuration.write().toString())
                .words())
        .directory(data.folder("flink").toFile());
  }

  @Override
  public boolean isReady() {
    return new FlinkRest(address()).answers();
  }
}
