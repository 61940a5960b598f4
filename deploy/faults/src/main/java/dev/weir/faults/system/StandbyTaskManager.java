package dev.weir.faults.system;

import dev.weir.local.flink.FlinkConfiguration;
import dev.weir.local.flink.FlinkTaskManager;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.Part;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.runtime.Ports;
import java.util.Map;

/** A TaskManager beside the runtime's own, for what happens when that one is cut off. */
public final class StandbyTaskManager {
  private static final String NAME = "taskmanager-standby";

  private final ProcessHandle process;

  private StandbyTaskManager(ProcessHandle process) {
    this.process = process;
  }

  static StandbyTaskManager start(
      DataDirectory data, Installation installation, Map<String, String> flink, PartRunner parts) {
    parts.start(new Standby(own(data, installation, flink)));
    return new StandbyTaskManager(parts.record(NAME).flatMap(PartRecord::process).orElseThrow());
  }

  /** The runtime's own. */
  static Part own(DataDirectory data, Installation installation, Map<String, String> flink) {
    Ports ports = new Ports(data);
    return new FlinkTaskManager(
        data,
        installation,
        new FlinkConfiguration(
            data, ports.get(LocalParts.JOB_MANAGER), ports.get("flink-rpc"), flink));
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    Processes.kill(process);
  }

  private record Standby(Part taskManager) implements Part {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public ProcessBuilder prepare() {
      return taskManager.prepare();
    }

    @Override
    public boolean isReady() {
      return taskManager.isReady();
    }
  }
}
