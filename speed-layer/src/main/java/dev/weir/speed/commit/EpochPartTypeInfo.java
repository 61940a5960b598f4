package dev.weir.speed.commit;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's description of {@link EpochPart}. Aggregates are written without their layout, so sender
 * and receiver must be built from the same pipeline, which holds within a job.
 */
public final class EpochPartTypeInfo extends TypeInformation<EpochPart> {
  private static final long serialVersionUID = 1L;

  private final List<MeasureLayout> layouts;

  private EpochPartTypeInfo(List<MeasureLayout> layouts) {
    this.layouts = layouts;
  }

  /** The type for parts of this pipeline's epochs. */
  public static EpochPartTypeInfo of(Pipeline pipeline) {
    return new EpochPartTypeInfo(pipeline.cubes().stream().map(Cube::layout).toList());
  }

  @Override
  public TypeSerializer<EpochPart> createSerializer(SerializerConfig config) {
    return new EpochPartSerializer(layouts);
  }

  @Override
  public Class<EpochPart> getTypeClass() {
    return EpochPart.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EpochPartTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EpochPartTypeInfo that && layouts.equals(that.layouts);
  }

  @Override
  public int hashCode() {
    return layouts.hashCode();
  }

  @Override
  public String toString() {
    return "EpochPart";
  }
}
