package dev.weir.archive;

import dev.weir.event.Event;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Puts one row's column values together. The row's stored hash is summed up from the file's own
 * columns as they are read, so it covers also those the pipeline no longer declares.
 */
final class EventMaterializer extends RecordMaterializer<ArchivedEvent> {
  private final ArchiveSchema schema;
  private final Root root;

  private String sourceName;
  private String topic;
  private int partition;
  private long offset;
  private long recordMillis;
  private String id;
  private long timeMicros;
  private long commit;
  private String[] dimensions;
  private String[] identifiers;
  private long[] numbers;
  private long numbersPresent;
  private long hashSum;

  EventMaterializer(ArchiveSchema schema, MessageType fileColumns) {
    this.schema = schema;
    List<Type> fields = fileColumns.getFields();
    Converter[] converters = new Converter[fields.size()];
    for (int i = 0; i < converters.length; i++) {
      converters[i] = converter(fields.get(i));
    }
    this.root = new Root(converters);
  }

  private Converter converter(Type field) {
    String name = field.getName();
    return switch (name) {
      case ArchiveSchema.SOURCE -> text(name, value -> sourceName = value);
      case ArchiveSchema.TOPIC -> text(name, value -> topic = value);
      case ArchiveSchema.PARTITION ->
          number(EventHash.seed(name), value -> partition = (int) value);
      case ArchiveSchema.OFFSET -> number(EventHash.seed(name), value -> offset = value);
      case ArchiveSchema.RECORD_TIME -> number(EventHash.seed(name), value -> recordMillis = value);
      case ArchiveSchema.EVENT_ID -> text(name, value -> id = value);
      case ArchiveSchema.EVENT_TIME -> number(EventHash.seed(name), value -> timeMicros = value);
      case ArchiveSchema.COMMIT -> new ColumnConverters.Whole(value -> commit = value);
      default -> declared(field);
    };
  }

  private Converter declared(Type field) {
    String name = field.getName();
    LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
    PrimitiveTypeName stored = field.asPrimitiveType().getPrimitiveTypeName();
    if (annotation instanceof StringLogicalTypeAnnotation) {
      int dimension = schema.dimensions().indexOf(name);
      int identifier = schema.identifiers().indexOf(name);
      return text(
          name,
          value -> {
            if (dimension >= 0) {
              dimensions[dimension] = value;
            } else if (identifier >= 0) {
              identifiers[identifier] = value;
            }
          });
    }
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal
        && stored == PrimitiveTypeName.INT64) {
      return declaredNumber(name, decimal.getScale());
    }
    throw new IllegalArgumentException(
        "column " + field + " is none the archive writes; is this a file of the archive?");
  }

  private Converter declaredNumber(String name, int storedScale) {
    long seed = EventHash.seed(name, storedScale);
    for (int i = 0; i < schema.numbers().size(); i++) {
      ArchiveSchema.NumberColumn column = schema.numbers().get(i);
      if (column.name().equals(name)) {
        int number = i;
        Rescale rescale = new Rescale(name, storedScale, column.scale());
        return number(
            seed,
            value -> {
              numbers[number] = rescale.apply(value);
              numbersPresent |= 1L << number;
            });
      }
    }
    return number(seed, value -> {});
  }

  private Converter text(String name, ColumnConverters.TextTarget target) {
    return new ColumnConverters.Text(
        EventHash.seed(name),
        (value, term) -> {
          target.set(value);
          hashSum += term;
        });
  }

  private Converter number(long seed, ColumnConverters.LongTarget target) {
    return new ColumnConverters.Whole(
        value -> {
          target.set(value);
          hashSum += EventHash.number(seed, value);
        });
  }

  @Override
  public ArchivedEvent getCurrentRecord() {
    Event event =
        new Event(
            schema.sources().indexOf(sourceName),
            topic,
            partition,
            offset,
            recordMillis,
            id,
            timeMicros,
            dimensions,
            identifiers,
            numbers,
            numbersPresent);
    return new ArchivedEvent(event, sourceName, commit, EventHash.mix(hashSum));
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private final class Root extends GroupConverter {
    private final Converter[] converters;

    Root(Converter[] converters) {
      this.converters = converters;
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      id = null;
      commit = 0;
      dimensions = new String[schema.dimensions().size()];
      identifiers = new String[schema.identifiers().size()];
      numbers = new long[schema.numbers().size()];
      numbersPresent = 0;
      hashSum = 0;
    }

    @Override
    public void end() {}
  }
}
