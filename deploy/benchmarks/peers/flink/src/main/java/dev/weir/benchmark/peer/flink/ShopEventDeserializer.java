package dev.weir.benchmark.peer.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.benchmark.peer.work.PeerReport;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Decodes events; malformed ones are passed over. */
public final class ShopEventDeserializer extends AbstractDeserializationSchema<ShopEvent> {
  private static final long serialVersionUID = 1L;

  private transient ObjectReader reader;

  @Override
  public void open(InitializationContext context) {
    reader = new ObjectMapper().readerFor(ShopEvent.class);
  }

  @Override
  public ShopEvent deserialize(byte[] message) {
    PeerReport.read();
    try {
      ShopEvent event = reader.readValue(message);
      event.millis = Instant.parse(event.timestamp).toEpochMilli();
      return event;
    } catch (IOException | DateTimeException e) {
      return null;
    }
  }
}
