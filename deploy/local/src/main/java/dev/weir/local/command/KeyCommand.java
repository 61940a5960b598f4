package dev.weir.local.command;

import dev.weir.local.part.ServingRun;
import dev.weir.local.runtime.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir key}. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Make, list and revoke keys of the HTTP API.",
    description = {
      "",
      "The serving application asks for a key when it is started with --security on; on this machine:"
          + " WEIR_SERVING_OPTIONS='--security on' weir up.",
      ""
    },
    subcommands = {
      KeyCommand.CreateCommand.class,
      KeyCommand.ListCommand.class,
      KeyCommand.RevokeCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir key create --name grafana --role reader --expires 90d",
      "  weir key list",
      "  weir key revoke 3"
    })
public final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /** {@code weir key create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "Make a key and show it, once.")
  static final class CreateCommand implements Callable<Integer> {
    @Option(names = "--name", required = true, paramLabel = "TEXT", description = "What it is for.")
    private String name;

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description =
            "reader (asks), operator (also sets reports going) or admin (also makes keys).")
    private String role;

    @Option(
        names = "--expires",
        paramLabel = "WHEN",
        description = "90d, 12h, a date or a time; without it the key is good until it is revoked.")
    private Optional<String> expires;

    @Mixin private DataOption data;

    @Override
    public Integer call() {
      List<String> words = new ArrayList<>(List.of("create", "--name", name, "--role", role));
      expires.ifPresent(when -> words.addAll(List.of("--expires", when)));
      return run(data, words);
    }
  }

  /** {@code weir key list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "List all keys, without their secrets.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private DataOption data;

    @Override
    public Integer call() {
      return run(data, List.of("list"));
    }
  }

  /** {@code weir key revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "Have a key refused, for good.")
  static final class RevokeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The key's id, see weir key list.")
    private int id;

    @Mixin private DataOption data;

    @Override
    public Integer call() {
      return run(data, List.of("revoke", "--id", Integer.toString(id)));
    }
  }

  private static int run(DataOption data, List<String> words) {
    List<String> all = new ArrayList<>(List.of("key"));
    all.addAll(words);
    return new ServingRun(data.existing(), Installation.ofThisProcess()).inForeground(128, all);
  }
}
