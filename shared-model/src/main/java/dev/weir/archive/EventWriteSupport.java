package dev.weir.archive;

import dev.weir.event.Event;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes events into Parquet columns directly, without a generic record in between. The columns are
 * those of {@link ArchiveSchema} for {@code arrivals} or {@code hours}.
 */
public final class EventWriteSupport extends WriteSupport<ArchivedEvent> {
  private static final int FIXED_COLUMNS = 7;

  private final MessageType columns;
  private final String[] names;
  private final int dimensions;
  private final int identifiers;
  private final int numbers;
  private final boolean withCommit;
  private final TextEncoder text = new TextEncoder();
  private RecordConsumer consumer;

  /**
   * @throws IllegalArgumentException for dead letters, which are no events
   */
  public EventWriteSupport(ArchiveSchema schema, ArchiveKind kind) {
    if (kind == ArchiveKind.DEAD_LETTERS) {
      throw new IllegalArgumentException("dead letters are written with DeadLetterFileWriter");
    }
    columns = schema.columns(kind);
    List<String> all = columns.getFields().stream().map(field -> field.getName()).toList();
    names = all.toArray(new String[0]);
    dimensions = schema.dimensions().size();
    identifiers = schema.identifiers().size();
    numbers = schema.numbers().size();
    withCommit = kind == ArchiveKind.HOURS;
  }

  @SuppressWarnings("deprecation")
  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(columns, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(columns, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(ArchivedEvent archived) {
    Event event = archived.event();
    consumer.startMessage();
    text(0, archived.sourceName());
    text(1, event.topic());
    consumer.startField(names[2], 2);
    consumer.addInteger(event.partition());
    consumer.endField(names[2], 2);
    number(3, event.offset());
    number(4, event.recordMillis());
    text(5, event.id());
    number(6, event.timeMicros());
    int column = FIXED_COLUMNS;
    for (int i = 0; i < dimensions; i++) {
      text(column++, event.dimensions()[i]);
    }
    for (int i = 0; i < identifiers; i++) {
      text(column++, event.identifiers()[i]);
    }
    for (int i = 0; i < numbers; i++, column++) {
      if (((event.numbersPresent() >>> i) & 1) != 0) {
        number(column, event.numbers()[i]);
      }
    }
    if (withCommit) {
      number(column, archived.commit());
    }
    consumer.endMessage();
  }

  private void text(int column, String value) {
    if (value != null) {
      consumer.startField(names[column], column);
      text.add(consumer, value);
      consumer.endField(names[column], column);
    }
  }

  private void number(int column, long value) {
    consumer.startField(names[column], column);
    consumer.addLong(value);
    consumer.endField(names[column], column);
  }
}
