package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the built parts lie: the root of the source tree after {@code mvn package}.
 *
 * @param home the folder that holds {@code deploy/weir}'s parent
 */
public record Installation(Path home) {
  private static final String SAMPLE_PIPELINE = "deploy/pipeline.yaml";

  /** The tree that this class was built in. */
  public static Installation ofThisProcess() {
    Path here = Path.of(codeSource());
    for (Path home = here; home != null; home = home.getParent()) {
      if (Files.exists(home.resolve(SAMPLE_PIPELINE))) {
        return new Installation(home);
      }
    }
    throw new LocalRuntimeException(
        "Weir's parts are not found around " + here + ". Start weir by deploy/weir of its tree.");
  }

  private static URI codeSource() {
    try {
      return Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The {@code lib} folder of the Flink session cluster. */
  public Path sessionLib() {
    return existing(home.resolve("deploy/session/target/lib"));
  }

  public Path brokerLib() {
    return existing(home.resolve("deploy/local/broker/target/lib"));
  }

  public Path sparkLib() {
    return existing(home.resolve("deploy/local/spark/target/lib"));
  }

  public Path speedLayerJob() {
    return jar(home.resolve("speed-layer/target"), "weir-speed-layer-*-job.jar");
  }

  public Path batchLayerJob() {
    return jar(home.resolve("batch-layer/target"), "weir-batch-layer-*-job.jar");
  }

  public Path servingJar() {
    return jar(home.resolve("serving/target"), "weir-serving-*.jar");
  }

  /** The serving application's own jar beside a folder of its libraries. */
  public Path servingApplication() {
    return existing(home.resolve("serving/target/application"));
  }

  public Path samplePipeline() {
    return existing(home.resolve(SAMPLE_PIPELINE));
  }

  public Path sampleAccessLog() {
    return existing(home.resolve("deploy/sample/apache_logs.gz"));
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw notBuilt(path.toString());
    }
    return path;
  }

  private static Path jar(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      throw notBuilt(folder.resolve(glob).toString());
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, glob)) {
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        if (!name.endsWith("-sources.jar") && !name.endsWith("-tests.jar")) {
          return jar;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw notBuilt(folder.resolve(glob).toString());
  }

  private static LocalRuntimeException notBuilt(String missing) {
    return new LocalRuntimeException(
        "Weir is not built: " + missing + " is missing. Run mvn -DskipTests package.");
  }
}
