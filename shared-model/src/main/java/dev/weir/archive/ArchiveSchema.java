package dev.weir.archive;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.weir.event.Event;
import dev.weir.pipeline.EventSchema;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The archive's columns, derived from a pipeline.
 *
 * <p>Fixed columns start with an underscore, so every declared name is free: {@code _source},
 * {@code _topic}, {@code _partition}, {@code _offset}, {@code _record_time} (milliseconds), {@code
 * _event_id} (nullable), {@code _event_time} (microseconds UTC), then the declared dimensions and
 * identifiers as nullable text and the numbers as nullable DECIMAL(18, scale), and in files under
 * {@code hours/} at the end {@code _commit}. Columns are found by name.
 */
public final class ArchiveSchema {
  public static final String SOURCE = "_source";
  public static final String TOPIC = "_topic";
  public static final String PARTITION = "_partition";
  public static final String OFFSET = "_offset";
  public static final String RECORD_TIME = "_record_time";
  public static final String EVENT_ID = "_event_id";
  public static final String EVENT_TIME = "_event_time";
  public static final String COMMIT = "_commit";
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";
  public static final String RAW = "raw";

  /** The fixed columns of texts. */
  static final Set<String> FIXED_TEXTS = Set.of(SOURCE, TOPIC, EVENT_ID);

  /** The fixed columns of integers that are part of a row's hash. */
  static final Set<String> FIXED_NUMBERS = Set.of(PARTITION, OFFSET, RECORD_TIME, EVENT_TIME);

  /** Decimal digits of a number column: what a 64-bit integer holds in full. */
  static final int NUMBER_PRECISION = 18;

  private final List<String> sources;
  private final List<String> dimensions;
  private final List<String> identifiers;
  private final List<NumberColumn> numbers;

  private ArchiveSchema(
      List<String> sources,
      List<String> dimensions,
      List<String> identifiers,
      List<NumberColumn> numbers) {
    this.sources = sources;
    this.dimensions = dimensions;
    this.identifiers = identifiers;
    this.numbers = numbers;
  }

  /** The columns of that pipeline's events. */
  public static ArchiveSchema of(Pipeline pipeline) {
    EventSchema event = pipeline.event();
    return new ArchiveSchema(
        pipeline.sources().stream().map(Source::name).toList(),
        event.dimensions().stream().map(EventSchema.Field::name).toList(),
        event.identifiers().stream().map(EventSchema.Field::name).toList(),
        event.numbers().stream().map(n -> new NumberColumn(n.name(), n.scale())).toList());
  }

  /**
   * A file's own columns, whatever is declared now, so that nothing is converted. Which of its
   * texts are identifiers a file does not tell: they are taken for dimensions.
   */
  static ArchiveSchema asStored(MessageType columns) {
    List<String> texts = new ArrayList<>();
    List<NumberColumn> numbers = new ArrayList<>();
    for (Type column : columns.getFields()) {
      LogicalTypeAnnotation type = column.getLogicalTypeAnnotation();
      if (type instanceof DecimalLogicalTypeAnnotation decimal) {
        numbers.add(new NumberColumn(column.getName(), decimal.getScale()));
      } else if (type instanceof StringLogicalTypeAnnotation
          && !FIXED_TEXTS.contains(column.getName())) {
        texts.add(column.getName());
      }
    }
    return new ArchiveSchema(List.of(), texts, List.of(), numbers);
  }

  /** Names of the sources, by {@link Event#source()}. */
  public List<String> sources() {
    return sources;
  }

  public List<String> dimensions() {
    return dimensions;
  }

  public List<String> identifiers() {
    return identifiers;
  }

  public List<NumberColumn> numbers() {
    return numbers;
  }

  /** A number's column: the stored integer is the value times 10^scale. */
  public record NumberColumn(String name, int scale) {}

  /** Columns of the files of a kind. */
  public MessageType columns(ArchiveKind kind) {
    return switch (kind) {
      case ARRIVALS -> events(false);
      case HOURS -> events(true);
      case DEAD_LETTERS -> deadLetters();
    };
  }

  private MessageType events(boolean withCommit) {
    Types.GroupBuilder<MessageType> columns = origin();
    columns.addField(Types.optional(BINARY).as(stringType()).named(EVENT_ID));
    columns.addField(
        Types.required(INT64).as(timestampType(true, TimeUnit.MICROS)).named(EVENT_TIME));
    for (String name : dimensions) {
      columns.addField(Types.optional(BINARY).as(stringType()).named(name));
    }
    for (String name : identifiers) {
      columns.addField(Types.optional(BINARY).as(stringType()).named(name));
    }
    for (NumberColumn number : numbers) {
      columns.addField(
          Types.optional(INT64)
              .as(decimalType(number.scale(), NUMBER_PRECISION))
              .named(number.name()));
    }
    if (withCommit) {
      columns.addField(Types.required(INT64).named(COMMIT));
    }
    return columns.named("event");
  }

  /** Columns of the files under {@code dead-letters/}: the same for every pipeline. */
  static MessageType deadLetters() {
    return origin()
        .addField(Types.required(BINARY).as(stringType()).named(REASON))
        .addField(Types.required(BINARY).as(stringType()).named(DETAIL))
        .addField(Types.optional(BINARY).named(RAW))
        .named("dead_letter");
  }

  private static Types.GroupBuilder<MessageType> origin() {
    return Types.buildMessage()
        .addField(Types.required(BINARY).as(stringType()).named(SOURCE))
        .addField(Types.required(BINARY).as(stringType()).named(TOPIC))
        .addField(Types.required(INT32).named(PARTITION))
        .addField(Types.required(INT64).named(OFFSET))
        .addField(
            Types.required(INT64).as(timestampType(true, TimeUnit.MILLIS)).named(RECORD_TIME));
  }
}
