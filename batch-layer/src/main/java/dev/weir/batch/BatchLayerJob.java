package dev.weir.batch;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.UnknownOutcomeException;
import dev.weir.batch.publish.RunKind;
import dev.weir.batch.rewind.JobLease;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.select.UnplannableRunException;
import dev.weir.pipeline.InvalidPipelineException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Entry point for {@code spark-submit}: one run of the batch layer.
 *
 * <p>Exit codes: 0 published, or nothing had changed; 1 something could not be done, the message
 * says what; 2 the command line or the declaration is wrong.
 */
public final class BatchLayerJob {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  /** PostgreSQL's codes for a schema and a table that do not exist. */
  private static final List<String> NO_TABLES = List.of("3F000", "42P01");

  /** PostgreSQL's code for a session that somebody ended, and how the driver may see it. */
  private static final List<String> SESSION_LOST = List.of("57P01", "08003", "08006");

  private BatchLayerJob() {}

  /** Runs and exits. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /**
   * Runs.
   *
   * @param out what was done, and progress
   * @param err what could not be done
   * @return the exit code
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (List.of(arguments).contains("--help")) {
      out.print(BatchLayerOptions.reference());
      return 0;
    }
    ProgressLine progress = new ProgressLine(out, onTerminal());
    Complaint complaint = new Complaint(err, progress, arguments);
    BatchLayerOptions options;
    Declaration declaration;
    URI archive;
    try {
      options = BatchLayerOptions.parse(arguments, System.getenv());
      declaration = new Declaration(Files.readString(options.pipeline()));
      archive = archive(options, declaration);
    } catch (InvalidPipelineException | IllegalArgumentException e) {
      return complaint.say(e.getMessage(), MISUSED);
    } catch (NoSuchFileException e) {
      return complaint.say("file " + e.getMessage() + " does not exist", MISUSED);
    } catch (IOException e) {
      return complaint.say("the declaration cannot be read: " + e, MISUSED);
    }
    try {
      Answer answer = carryOut(options, declaration, archive, progress);
      progress.clear();
      out.print(answer.text());
      return answer.succeeded() ? 0 : FAILED;
    } catch (UnplannableRunException e) {
      return complaint.say(e.getMessage(), MISUSED);
    } catch (RunRefusedException | NotMigratedException e) {
      return complaint.say(e.getMessage(), FAILED);
    } catch (SQLException e) {
      return complaint.say(databaseMessage(options.command(), e), FAILED);
    } catch (Exception e) { // Also Spark's own checked ones, which no Java signature declares.
      String message =
          hasLostSession(e)
              ? lostSession(options.command(), e)
              : "the run failed, " + left(options.command()) + ": " + rootMessage(e);
      return complaint.say(message, FAILED);
    }
  }

  /** One arm for each command. */
  private static Answer carryOut(
      BatchLayerOptions options, Declaration declaration, URI archive, ProgressLine progress)
      throws Exception {
    return switch (options.command()) {
      case RUN -> {
        RunSummary summary =
            new BatchPipeline(
                    options,
                    declaration,
                    archive,
                    BatchLayerJob::spark,
                    progress,
                    Clock.systemUTC())
                .run();
        yield new Answer(summary.text(), summary.succeeded());
      }
      case REWIND ->
          new RewindPipeline(
                  options, declaration, archive, BatchLayerJob::spark, progress, JobLease.LENGTH)
              .run();
      case VERIFY ->
          new VerifyPipeline(
                  options, declaration, archive, BatchLayerJob::spark, progress, Clock.systemUTC())
              .run();
      case REPAIR ->
          new RepairPipeline(
                  options, declaration, archive, BatchLayerJob::spark, progress, Clock.systemUTC())
              .run();
      case ROLLBACK -> new RollbackPipeline(options, declaration, archive, progress).run();
    };
  }

  @SuppressWarnings("SystemConsoleNull") // What a newer JDK answers is asked for below.
  private static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From JDK 22 on there is a console without a terminal, and this method to tell.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static URI archive(BatchLayerOptions options, Declaration declaration) {
    URI declared = options.archive().orElse(declaration.pipeline().archive());
    if (declared == null) {
      throw new IllegalArgumentException(
          "no archive is declared: add --archive URI, or archive: to the declaration");
    }
    return declared;
  }

  private static JavaSparkContext spark() {
    SparkConf conf = new SparkConf().setAppName("Weir batch layer");
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      // On one machine nobody else needs to reach the driver.
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.ui.enabled", "false");
      // Blocks are packed already; without a network, packing them again costs more than it saves.
      conf.setIfMissing("spark.shuffle.compress", "false");
    }
    // Blocks go straight to one file per bucket, as long as that is not thousands of open files.
    conf.setIfMissing("spark.shuffle.sort.bypassMergeThreshold", "1000");
    SparkContext context = SparkContext.getOrCreate(conf);
    if (System.getProperty("log4j2.configurationFile") == null) {
      // Nobody configured the log: keep Spark's own lines out of the progress and the summary.
      context.setLogLevel("ERROR");
    }
    return JavaSparkContext.fromSparkContext(context);
  }

  /** What a failed run leaves. Only a repair changes something before its end. */
  private static String left(RunKind command) {
    return command == RunKind.REPAIR
        ? "what it had mended stays mended, run it again"
        : "nothing was published";
  }

  private static String databaseMessage(RunKind command, SQLException e) {
    if (e instanceof UnknownOutcomeException) {
      return e.getMessage()
          + (command == RunKind.REPAIR
              ? "\nWhether what this repair was publishing is served is not known: weir verify tells."
              : "\nWhether this run was published is not known: weir status shows the last runs, and"
                  + " weir.batch_run has it as 'published', or as 'running' if it was not.")
          + " Running again is safe in either case.";
    }
    if (hasLostSession(e)) {
      return lostSession(command, e);
    }
    return NO_TABLES.contains(e.getSQLState())
        ? new NotMigratedException(e.getMessage()).getMessage()
        : "the database refused, " + left(command) + ": " + e.getMessage();
  }

  private static boolean hasLostSession(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e
          && SESSION_LOST.contains(String.valueOf(e.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Of a run that was replaced, too, as long as the other one has not drawn its version. */
  private static String lostSession(RunKind command, Exception failure) {
    return "this run lost its database session, "
        + left(command)
        + ": "
        + rootMessage(failure)
        + ". Either the server went down, or a run with --replace took this one's place; weir"
        + " status shows the last runs. Run again if anything is left to do";
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
