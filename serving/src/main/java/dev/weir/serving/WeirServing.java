package dev.weir.serving;

import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.migrate.Migration;
import dev.weir.serving.migrate.MigrationException;
import dev.weir.serving.security.SecurityOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Entry point of the serving application: {@code serve} or {@code migrate}, see {@link
 * ServingOptions#usage()}, {@code key}, see {@link KeyCommand}, or {@code roll-ups}, see {@link
 * RollUpsCommand}.
 */
public final class WeirServing {
  /** Exit code for a wrong command line or declaration. */
  private static final int WRONG_USE = 2;

  /** Exit code when the database refuses. */
  private static final int NOT_DONE = 1;

  private WeirServing() {}

  /** Runs the command; a failure ends the process with a message and a non-zero exit code. */
  public static void main(String[] arguments) {
    String word = arguments.length == 0 ? "" : arguments[0];
    if (word.equals("key") || word.equals("roll-ups")) {
      // Whoever makes a key reads it from standard output: the log must not stand beside it.
      System.setProperty("weir.log", "System.err");
      List<String> words = List.of(arguments);
      System.exit(
          word.equals("key")
              ? KeyCommand.run(words, System.getenv(), System.out, System.err)
              : RollUpsCommand.run(words, System.getenv(), System.out, System.err));
    }
    if (List.of(arguments).contains("--help")) {
      System.out.print(ServingOptions.usage());
      return;
    }
    try {
      ServingOptions options = ServingOptions.parse(List.of(arguments), System.getenv());
      switch (options.command()) {
        case MIGRATE -> migrate(options);
        case SERVE -> serve(options);
      }
    } catch (IllegalArgumentException | InvalidPipelineException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_USE);
    } catch (MigrationException e) {
      System.err.println(e.getMessage());
      System.exit(NOT_DONE);
    }
  }

  /** Brings the database up to date. */
  public static void migrate(ServingOptions options) throws IOException {
    migration(options).run();
  }

  /** Brings the database up to date and starts the HTTP server; returns when it answers. */
  public static ConfigurableApplicationContext serve(ServingOptions options) throws IOException {
    return serve(options, Clock.systemUTC());
  }

  /**
   * The same by another clock.
   *
   * @throws InvalidPipelineException if the reports' declaration has mistakes
   */
  public static ConfigurableApplicationContext serve(ServingOptions options, Clock clock)
      throws IOException {
    migrate(options);
    Pipeline pipeline = PipelineReader.read(options.pipeline());
    try {
      return start(options, clock, pipeline);
    } catch (BeansException e) {
      if (e.getRootCause() instanceof InvalidPipelineException mistakes) {
        throw mistakes;
      }
      throw e;
    }
  }

  private static ConfigurableApplicationContext start(
      ServingOptions options, Clock clock, Pipeline pipeline) {
    return new SpringApplicationBuilder(ServingApplication.class)
        .web(WebApplicationType.SERVLET)
        .registerShutdownHook(true)
        .properties(Map.of("server.port", options.port()))
        .initializers(
            context -> {
              GenericApplicationContext beans = (GenericApplicationContext) context;
              beans.registerBean(ServingOptions.class, () -> options);
              beans.registerBean(SecurityOptions.class, options::security);
              beans.registerBean(Pipeline.class, () -> pipeline);
              beans.registerBean(Clock.class, () -> clock);
            })
        .run();
  }

  static Migration migration(ServingOptions options) throws IOException {
    return new Migration(
        DatabaseConnections.forMigration(options.database()),
        PipelineReader.read(options.pipeline()),
        Files.readString(options.pipeline()));
  }
}
