package dev.weir.speed;

import dev.weir.speed.combine.LiveOutput;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.live.LivePreview;
import java.util.List;
import java.util.UUID;
import org.apache.flink.metrics.MetricGroup;

/** Shows epochs that are not yet committed in the serving database. */
final class PreviewOutput implements LiveOutput.Opener {
  private static final long serialVersionUID = 1L;

  private final DatabaseAddress database;
  private final PipelineDeclaration declaration;

  PreviewOutput(DatabaseAddress database, PipelineDeclaration declaration) {
    this.database = database;
    this.declaration = declaration;
  }

  @Override
  public LiveOutput open(UUID writer, MetricGroup metrics) {
    LivePreview preview = LivePreview.open(writer, database, declaration.pipeline(), metrics);
    return new LiveOutput() {
      @Override
      public void offer(long base, long seq, List<SeriesDelta> cumulative) {
        preview.offer(base, seq, cumulative);
      }

      @Override
      public void offerCounts(long base, long seq, List<SeriesDelta> cumulative) {
        preview.offerCounts(base, seq, cumulative);
      }

      @Override
      public int room(int cube) {
        return preview.room(cube);
      }

      @Override
      public void close() {
        preview.close();
      }
    };
  }
}
