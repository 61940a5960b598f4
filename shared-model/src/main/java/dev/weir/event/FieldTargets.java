package dev.weir.event;

import dev.weir.event.FieldTarget.Kind;
import dev.weir.pipeline.SourceFields;
import java.util.ArrayList;
import java.util.List;

/** Lists what a source's decoder has to look for. */
final class FieldTargets {
  private FieldTargets() {}

  /** Every field that is read from the record: all but those that are the source's name. */
  static List<FieldTarget> of(SourceFields fields) {
    List<FieldTarget> targets = new ArrayList<>();
    fields.id().ifPresent(path -> targets.add(new FieldTarget(Kind.ID, 0, path)));
    targets.add(new FieldTarget(Kind.TIME, 0, fields.time()));
    add(targets, Kind.DIMENSION, fields.dimensions());
    add(targets, Kind.IDENTIFIER, fields.identifiers());
    add(targets, Kind.NUMBER, fields.numbers());
    return targets;
  }

  private static void add(List<FieldTarget> targets, Kind kind, List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      if (!paths.get(i).equals(SourceFields.SOURCE_NAME)) {
        targets.add(new FieldTarget(kind, i, paths.get(i)));
      }
    }
  }
}
