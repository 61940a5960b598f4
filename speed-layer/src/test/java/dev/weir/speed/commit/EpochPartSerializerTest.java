package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveKind;
import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EpochPartSerializerTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  private final TypeSerializer<EpochPart> serializer =
      EpochPartTypeInfo.of(PIPELINE).createSerializer(new SerializerConfigImpl());

  @Test
  void everyPartComesBackAsItWas() throws Exception {
    List<EpochPart> parts = new ArrayList<>(new SampleEpoch(PIPELINE, 7, 500).parts());
    parts.add(new LiveWriterStarted(new UUID(3, 4)));
    parts.add(
        new FileWritten(
            new ArchiveFile(
                "arrivals/2026-11-20/a.parquet",
                77,
                2,
                List.of(new ArchiveFile.HourEntry(3_600_000, 2, Long.MIN_VALUE))),
            ArchiveKind.ARRIVALS));
    assertThat(parts.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(EpochPart.class.getPermittedSubclasses()));

    DataOutputSerializer out = new DataOutputSerializer(1024);
    for (EpochPart part : parts) {
      serializer.serialize(part, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (EpochPart part : parts) {
      assertThat(serializer.deserialize(in))
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .ignoringFieldsMatchingRegexes("aggregate.*")
          .isEqualTo(part);
    }
    assertThat(in.available()).isZero();
  }

  @Test
  void aggregatesComeBackEqual() throws Exception {
    for (EpochPart part : new SampleEpoch(PIPELINE, 8, 300).parts()) {
      if (part instanceof EpochPart.SeriesDelta delta) {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(delta, out);
        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
            .isEqualTo(delta);
      }
    }
  }

  @Test
  void travelsWithTheJobGraph() throws Exception {
    EpochPartTypeInfo type = EpochPartTypeInfo.of(PIPELINE);
    assertThat(InstantiationUtil.<EpochPartTypeInfo>clone(type)).isEqualTo(type);
    assertThat(InstantiationUtil.clone(serializer)).isEqualTo(serializer);
  }

  @Test
  void refusesAnUnknownKind() {
    assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(new byte[] {99})))
        .isInstanceOf(IOException.class)
        .hasMessage("a part of an epoch has the unknown kind 99");
  }
}
