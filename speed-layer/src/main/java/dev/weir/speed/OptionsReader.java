package dev.weir.speed;

import dev.weir.speed.SpeedLayerOptions.Option;
import dev.weir.speed.commit.DatabaseAddress;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads the command line; collects all mistakes before it complains. */
final class OptionsReader {
  static final String PASSWORD_VARIABLE = "WEIR_DATABASE_PASSWORD";

  private final Map<String, String> environment;
  private final Map<Option, String> values = new EnumMap<>(Option.class);
  private final List<String> errors = new ArrayList<>();

  OptionsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  SpeedLayerOptions read(String[] args) {
    readValues(args);
    Path pipeline = Path.of(require(Option.PIPELINE));
    if (values.containsKey(Option.PIPELINE) && !Files.isReadable(pipeline)) {
      errors.add("--pipeline " + pipeline + ": there is no such file, or it cannot be read");
    }
    String url = require(Option.DATABASE_URL);
    if (DatabaseAddress.holdsPassword(url)) {
      errors.add(
          "--database.url holds a password, which would be shown in logs; pass it in "
              + PASSWORD_VARIABLE
              + " or --database.password-file");
    } else if (values.containsKey(Option.DATABASE_URL) && !url.startsWith("jdbc:postgresql:")) {
      errors.add(
          "--database.url " + url + " is not PostgreSQL's; write jdbc:postgresql://host:port/name");
    }
    SpeedLayerOptions options =
        new SpeedLayerOptions(
            pipeline,
            kafka(),
            url,
            values.getOrDefault(Option.DATABASE_USER, Option.DATABASE_USER.defaultValue()),
            password(),
            uri(Option.ARCHIVE),
            uri(Option.CHECKPOINTS),
            values.containsKey(Option.TAKE_OVER),
            values.containsKey(Option.SKIP_LOST_RECORDS));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          errors.stream()
              .collect(
                  Collectors.joining(
                      "\n  ",
                      "the command line has "
                          + (errors.size() == 1 ? "an error" : errors.size() + " errors")
                          + " (--help explains the options):\n  ",
                      "")));
    }
    return options;
  }

  private void readValues(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (!arg.startsWith("--")) {
        errors.add(arg + ": every option starts with --");
        continue;
      }
      int equals = arg.indexOf('=');
      String key = arg.substring(2, equals < 0 ? arg.length() : equals);
      Optional<Option> known =
          Arrays.stream(Option.values()).filter(option -> option.key().equals(key)).findFirst();
      boolean valueFollows = i + 1 < args.length && !args[i + 1].startsWith("--");
      if (known.isEmpty()) {
        errors.add("--" + key + ": there is no such option");
        i += equals < 0 && valueFollows ? 1 : 0;
      } else if (known.get().type().isEmpty()) {
        put(known.get(), "true");
      } else if (equals >= 0) {
        put(known.get(), arg.substring(equals + 1));
      } else if (valueFollows) {
        put(known.get(), args[++i]);
      } else {
        errors.add("--" + key + " needs a value: " + known.get().type());
      }
    }
  }

  private void put(Option option, String value) {
    if (values.put(option, value) != null) {
      errors.add("--" + option.key() + " is given twice");
    }
  }

  private String require(Option option) {
    String value = values.get(option);
    if (value == null && errors.stream().noneMatch(e -> e.startsWith("--" + option.key() + " "))) {
      errors.add("--" + option.key() + " " + option.type() + " is missing");
    }
    return value == null ? "" : value;
  }

  private Optional<URI> uri(Option option) {
    String value = values.get(option);
    try {
      if (value == null) {
        return Optional.empty();
      }
      URI uri = new URI(value);
      if (uri.getScheme() != null) {
        return Optional.of(uri);
      }
      errors.add("--" + option.key() + " " + value + " has no scheme; write file:///" + value);
    } catch (URISyntaxException e) {
      errors.add("--" + option.key() + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private Properties kafka() {
    Properties properties = new Properties();
    String file = values.get(Option.KAFKA_PROPERTIES);
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        errors.add("--kafka.properties " + file + " could not be read: " + e);
      }
    }
    String servers = values.get(Option.BOOTSTRAP_SERVERS);
    if (servers != null) {
      properties.setProperty("bootstrap.servers", servers);
    }
    return properties;
  }

  private String password() {
    String file = values.get(Option.DATABASE_PASSWORD_FILE);
    if (file == null) {
      return environment.getOrDefault(PASSWORD_VARIABLE, "");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      errors.add("--database.password-file " + file + " could not be read: " + e);
      return "";
    }
  }
}
