package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.JavaCommand;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.LogTail;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker that is its own controller (KRaft). */
public final class KafkaBroker implements Part {
  private final DataDirectory data;
  private final Installation installation;
  private final int port;
  private final int controllerPort;

  public KafkaBroker(DataDirectory data, Installation installation, int port, int controllerPort) {
    this.data = data;
    this.installation = installation;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  @Override
  public String name() {
    return LocalParts.KAFKA;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public ProcessBuilder prepare() {
    Path folder = data.folder(name());
    Path properties = folder.resolve("server.properties");
    try {
      Files.writeString(properties, configuration(folder.resolve("topics")));
      if (!Files.exists(folder.resolve("topics/meta.properties"))) {
        format(properties);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessBuilder(java(512).run("kafka.Kafka", properties.toString()).words())
        .directory(folder.toFile());
  }

  private JavaCommand java(int heapMegabytes) {
    return new JavaCommand(data, heapMegabytes)
        .option("-XX:+UseSerialGC")
        .option("-Dlog4j2.configurationFile=" + LogConfiguration.write(data, name()))
        .lib(installation.brokerLib());
  }

  private void format(Path properties) throws IOException {
    List<String> command =
        java(128)
            .run(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                properties.toString())
            .words();
    File log = data.log(name()).toFile();
    try {
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start()
              .waitFor();
      if (code != 0) {
        throw new LocalRuntimeException(
            "Cannot format Kafka's storage. The end of " + log + ":\n" + LogTail.of(log.toPath()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }

  private String configuration(Path topics) {
    return String.join(
        "\n",
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs=" + topics,
        "num.network.threads=2",
        "num.io.threads=4",
        "auto.create.topics.enable=false",
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "transaction.state.log.num.partitions=1",
        "share.coordinator.state.topic.replication.factor=1",
        "share.coordinator.state.topic.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        // Record timestamps may carry event times; neither old nor future ones lose the record.
        "log.retention.ms=-1",
        "log.message.timestamp.after.max.ms=9223372036854775807",
        "log.segment.bytes=268435456",
        "");
  }

  @Override
  public boolean isReady() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address());
    properties.put("request.timeout.ms", "2000");
    properties.put("default.api.timeout.ms", "2000");
    if (!Loopback.answers(port)) {
      return false;
    }
    try (Admin admin = Admin.create(properties)) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
