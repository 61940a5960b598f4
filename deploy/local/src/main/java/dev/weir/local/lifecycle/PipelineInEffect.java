package dev.weir.local.lifecycle;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.pipeline.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pipeline that {@code up} is to run. It is copied into the data directory, so that editing the
 * file changes nothing before the next {@code up}.
 *
 * @param copy in the data directory
 * @param file as the user named it; the copy itself when it stays as it is
 */
public record PipelineInEffect(Path copy, Path file) {

  static PipelineInEffect of(DataDirectory data, Installation installation, Optional<Path> file) {
    Path copy = data.pipeline();
    Path named = file.orElseGet(() -> Files.exists(copy) ? copy : installation.samplePipeline());
    refuseUnreadable(named);
    return new PipelineInEffect(copy, named);
  }

  /**
   * Refuses a file that no runtime could run, so that none need be made for it.
   *
   * @throws LocalRuntimeException with all its mistakes
   */
  public static void check(Path file) {
    refuseUnreadable(file);
    refuseMissingDirectories(new PipelineInEffect(file, file).read());
  }

  private static void refuseUnreadable(Path file) {
    if (Files.isDirectory(file)) {
      throw new LocalRuntimeException(
          file.toAbsolutePath() + " is a folder; name a pipeline file with --pipeline.");
    }
    if (!Files.isReadable(file)) {
      throw new LocalRuntimeException(
          "There is no readable pipeline file " + file.toAbsolutePath() + ".");
    }
  }

  /** The pipeline of a runtime that was started before. */
  public static Pipeline of(DataDirectory data) {
    if (!Files.exists(data.pipeline())) {
      throw new LocalRuntimeException(
          "There is no pipeline in " + data.root() + " yet. First: " + data.command("up"));
    }
    return new PipelineInEffect(data.pipeline(), data.pipeline()).read();
  }

  /** The pipeline; refused with all its errors. */
  public Pipeline read() {
    try {
      return PipelineReader.read(file);
    } catch (InvalidPipelineException e) {
      throw new LocalRuntimeException(e.getMessage(), e);
    }
  }

  /** The job would fail again and again on a directory that is not there. */
  static void refuseMissingDirectories(Pipeline pipeline) {
    List<String> missing = new ArrayList<>();
    for (Source source : pipeline.sources()) {
      if (source instanceof Source.Directory watched && isMissing(watched.directory())) {
        missing.add(
            "The directory of source "
                + source.name()
                + ", "
                + watched.directory()
                + ", does not exist. Create it, or correct the pipeline.");
      }
    }
    if (!missing.isEmpty()) {
      throw new LocalRuntimeException(String.join("\n", missing));
    }
  }

  private static boolean isMissing(String directory) {
    URI address = URI.create(directory);
    return "file".equals(address.getScheme()) && !Files.isDirectory(Path.of(address.getPath()));
  }

  /** A database holds one pipeline: the application would refuse another, after all was started. */
  void refuseOtherName(DataDirectory data) {
    if (!isChanged() || Files.notExists(data.root().resolve("postgres/data"))) {
      return;
    }
    String before = nameOfCopy();
    String now = read().name();
    if (!before.isEmpty() && !now.equals(before)) {
      throw new LocalRuntimeException(
          ("%s declares the pipeline %s, but %s holds the pipeline %s. Give it a folder of its own"
                  + " with --data, or its old name back.")
              .formatted(file, now, data.root(), before));
    }
  }

  /** Empty where this version does not read it, which the new file may mend. */
  private String nameOfCopy() {
    try {
      return PipelineReader.read(copy).name();
    } catch (InvalidPipelineException e) {
      return "";
    }
  }

  void refuseChange(DataDirectory data) {
    if (isChanged()) {
      // Nobody should end Weir for a file that it will not take.
      refuseMissingDirectories(read());
      throw new LocalRuntimeException(
          "Weir is running with another version of the pipeline. To switch to "
              + file
              + ": "
              + data.command("down")
              + ", then "
              + data.command("up --pipeline " + file));
    }
  }

  void apply() {
    try {
      if (isChanged()) {
        Files.writeString(copy, Files.readString(file));
      }
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot copy " + file + " to " + copy + ": " + e, e);
    }
  }

  private boolean isChanged() {
    try {
      return !Files.exists(copy) || Files.mismatch(copy, file) >= 0;
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot read " + file + ": " + e, e);
    }
  }
}
