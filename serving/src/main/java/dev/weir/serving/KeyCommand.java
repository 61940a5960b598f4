package dev.weir.serving;

import dev.weir.serving.option.GivenOptions;
import dev.weir.serving.option.Option;
import dev.weir.serving.security.audit.AuditEntry;
import dev.weir.serving.security.audit.AuditLog;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.key.ApiKey;
import dev.weir.serving.security.key.Expiry;
import dev.weir.serving.security.key.KeyStore;
import dev.weir.serving.security.key.NewKey;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code key create|list|revoke}: API keys from the command line, for whoever may log in to the
 * database; the first key can be made in no other way. A new key is all that goes to standard
 * output.
 */
final class KeyCommand {
  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int WRONG_USE = 2;

  private static final List<Option> CREATE =
      List.of(
          new Option("name", "text", null, "what the key is for"),
          new Option("role", "reader, operator or admin", null, "what it may do"),
          new Option(
              "expires", "span, date or time", "", "until when it is good: " + Expiry.FORMS));
  private static final List<Option> REVOKE =
      List.of(new Option("id", "number", null, "the key's id, see key list"));

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock = Clock.systemUTC();
  private final String account = "command line, " + System.getProperty("user.name");

  private KeyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and gives the exit code: 0 done, 1 not done, 2 wrong use. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    String word = arguments.size() < 2 ? "" : arguments.get(1);
    List<Option> own =
        switch (word) {
          case "create" -> CREATE;
          case "list" -> List.of();
          case "revoke" -> REVOKE;
          default -> null;
        };
    if (own == null || arguments.contains("--help")) {
      (own == null && !arguments.contains("--help") ? err : out).print(usage());
      return own == null && !arguments.contains("--help") ? WRONG_USE : DONE;
    }
    List<String> errors = new ArrayList<>();
    GivenOptions given =
        new GivenOptions(
            Stream.concat(own.stream(), DatabaseOptions.OPTIONS.stream()).toList(),
            arguments.subList(2, arguments.size()),
            environment,
            errors);
    return new KeyCommand(out, err).run(word, given, DatabaseOptions.read(given), errors);
  }

  private int run(String word, GivenOptions given, DatabaseOptions database, List<String> errors) {
    NewKey key = word.equals("create") ? newKey(given, errors) : null;
    int id = word.equals("revoke") ? given.number("id", 1, Integer.MAX_VALUE) : 0;
    if (!errors.isEmpty()) {
      err.println(String.join("\n", errors));
      return WRONG_USE;
    }
    JdbcClient client = JdbcClient.create(DatabaseConnections.forMigration(database));
    KeyStore keys = new KeyStore(client);
    AuditLog audit = new AuditLog(client);
    try {
      return switch (word) {
        case "create" -> create(keys, key, audit);
        case "revoke" -> revoke(keys, id, audit);
        default -> list(keys);
      };
    } catch (DataAccessException e) {
      err.println(
          "the keys cannot be reached: "
              + e.getMostSpecificCause().getMessage()
              + "\nIs --database.url right, and has serve or migrate been run?");
      return NOT_DONE;
    }
  }

  private NewKey newKey(GivenOptions given, List<String> errors) {
    String name = given.text("name");
    if (given.has("name") && !NewKey.isName(name)) {
      errors.add("--name must have 1 to " + NewKey.MAX_NAME + " printable characters");
    }
    Role role =
        given.has("role") ? Role.of(given.oneOf("role", Role.words())).orElseThrow() : Role.READER;
    Instant expiry = null;
    if (given.has("expires")) {
      try {
        expiry = Expiry.parse(given.text("expires"), clock.instant());
      } catch (IllegalArgumentException e) {
        errors.add("--expires " + e.getMessage());
      }
    }
    return errors.isEmpty() ? new NewKey(name, role, account, expiry) : null;
  }

  private int create(KeyStore keys, NewKey key, AuditLog audit) {
    KeyStore.Created created = keys.create(key);
    audit.done(entry("key create", created.key()));
    err.println(
        "Key "
            + created.key().id()
            + " for "
            + key.name()
            + ", "
            + key.role().word()
            + (key.expiresAt() == null ? "" : ", until " + key.expiresAt())
            + ". It is not shown again:");
    out.println(created.text().revealed());
    return DONE;
  }

  private int revoke(KeyStore keys, int id, AuditLog audit) {
    Optional<ApiKey> revoked = keys.revoke(id);
    if (revoked.isEmpty()) {
      err.println("there is no key with the id " + id + "; key list shows them");
      return NOT_DONE;
    }
    audit.done(entry("key revoke", revoked.get()));
    err.println(
        "Key "
            + id
            + " ("
            + revoked.get().name()
            + ") is revoked as of "
            + second(revoked.get().revokedAt())
            + "; wherever Weir serves, it is refused within 5 s.");
    return DONE;
  }

  private int list(KeyStore keys) {
    List<ApiKey> all = keys.all();
    String row = "%-4s %-9s %-9s %-8s %-20s %-20s %-20s %s%n";
    out.printf(row, "id", "prefix", "role", "state", "created", "expires", "last used", "name");
    for (ApiKey key : all) {
      out.printf(
          row,
          key.id(),
          key.prefix(),
          key.role().word(),
          key.state(clock.instant()).name().toLowerCase(Locale.ROOT),
          second(key.createdAt()),
          second(key.expiresAt()),
          second(key.lastUsedAt()),
          key.name());
    }
    return DONE;
  }

  private AuditEntry entry(String action, ApiKey key) {
    return new AuditEntry(
        account,
        null,
        "local",
        action,
        "key " + key.id() + " " + key.prefix() + " " + key.role().word() + " (" + key.name() + ")",
        "done");
  }

  private static String second(Instant time) {
    return time == null ? "-" : Instant.ofEpochSecond(time.getEpochSecond()).toString();
  }

  private static String usage() {
    StringBuilder text = new StringBuilder();
    text.append("java -jar weir-serving.jar key create|list|revoke --key value ...\n\n");
    text.append("  create  makes an API key and shows it, once\n");
    append(text, CREATE);
    text.append("  list    shows all keys, without their secrets\n");
    text.append("  revoke  has a key refused, for good\n");
    append(text, REVOKE);
    text.append("\nwhere the database is, for all of them:\n");
    append(text, DatabaseOptions.OPTIONS);
    return text.toString();
  }

  private static void append(StringBuilder text, List<Option> options) {
    options.forEach(option -> text.append("  ").append(option.explained()));
  }
}
