package dev.weir.benchmark.peer.flink;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** Stores sketches in their own compact encoding; Kryo's default would write every field. */
public final class SketchSerializer extends Serializer<DDSketch> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int USUAL_BYTES = 2048;

  @Override
  public void write(Kryo kryo, Output output, DDSketch sketch) {
    try {
      GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withInitialCapacity(USUAL_BYTES);
      sketch.encode(bytes, false);
      output.writeInt(bytes.numWrittenBytes());
      output.writeBytes(bytes.backingArray(), 0, bytes.numWrittenBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DDSketch read(Kryo kryo, Input input, Class<? extends DDSketch> type) {
    try {
      byte[] bytes = input.readBytes(input.readInt());
      return DDSketch.decode(
          ByteArrayInput.wrap(bytes, 0, bytes.length), UnboundedSizeDenseStore::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DDSketch copy(Kryo kryo, DDSketch sketch) {
    return sketch.copy();
  }
}
