package dev.weir.archive;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads files under {@code arrivals/} and {@code hours/} back to events.
 *
 * <p>Columns are matched by name. A column the file lacks is null; one the pipeline no longer
 * declares is read only for the row's stored hash; a number archived with another scale is
 * converted exactly.
 *
 * @see ArchiveFileReader
 */
public final class EventReadSupport extends ReadSupport<ArchivedEvent> {
  private final ArchiveSchema schema;

  public EventReadSupport(ArchiveSchema schema) {
    this.schema = schema;
  }

  @Override
  public ReadContext init(InitContext context) {
    return new ReadContext(context.getFileSchema());
  }

  @SuppressWarnings("deprecation")
  @Override
  public RecordMaterializer<ArchivedEvent> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType fileColumns,
      ReadContext context) {
    return new EventMaterializer(schema, fileColumns);
  }

  @Override
  public RecordMaterializer<ArchivedEvent> prepareForRead(
      ParquetConfiguration configuration,
      Map<String, String> metadata,
      MessageType fileColumns,
      ReadContext context) {
    return new EventMaterializer(schema, fileColumns);
  }
}
