package dev.weir.batch.select;

import java.util.List;

/** The files a run reads and the event hours it recomputes from them. */
public record PlannedHours(List<InputFile> files, List<HourPlan> hours) {
  public PlannedHours {
    files = List.copyOf(files);
    hours = List.copyOf(hours);
  }
}
