package dev.weir.pipeline;

import java.io.Serializable;
import java.util.Map;

/** Where events come from. */
public sealed interface Source extends Serializable {

  /** A lower-case identifier, unique in the pipeline; stored with every event. */
  String name();

  Format format();

  /**
   * Canonical field name to the path in this source's records, where it differs from the {@code
   * event} declaration. The path {@code $source} gives the source's name.
   */
  Map<String, String> fields();

  /** How a record's bytes are to be read. */
  enum Format {
    JSON,
    ACCESS_LOG
  }

  /** A Kafka topic. */
  record KafkaTopic(String name, String topic, Format format, Map<String, String> fields)
      implements Source {
    public KafkaTopic {
      fields = Map.copyOf(fields);
    }
  }

  /** A directory whose files, plain or .gz, are read line by line as they appear. */
  record Directory(String name, String directory, Format format, Map<String, String> fields)
      implements Source {
    public Directory {
      fields = Map.copyOf(fields);
    }
  }
}
