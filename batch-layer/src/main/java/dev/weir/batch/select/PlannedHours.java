package dev.weir.batch.select;

import java.util.List;

/**
 * What a run has to do.
 *
 * @param files it reads
 * @param hours it recomputes from them or, where they are sealed, folds
 * @param gaps what no run can do any more
 */
public record PlannedHours(List<InputFile> files, List<HourPlan> hours, List<SealedGap> gaps) {
  public PlannedHours {
    files = List.copyOf(files);
    hours = List.copyOf(hours);
    gaps = List.copyOf(gaps);
  }
}
