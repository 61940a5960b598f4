package dev.weir.batch.publish;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import java.util.List;

/**
 * The event hours a run publishes, with the files written for them.
 *
 * @param plan of the run
 * @param hours that passed all checks
 * @param files compacted files of those hours
 */
public record Publication(RunPlan plan, List<HourPlan> hours, List<ArchiveFile> files) {
  public Publication {
    hours = List.copyOf(hours);
    files = List.copyOf(files);
  }

  /** One cube's flip of one event hour. */
  record Flip(String cube, String definition, long hourMillis, CubePlan from) {}

  List<Flip> flips() {
    var cubes = plan.declaration().pipeline().cubes();
    return hours.stream()
        .flatMap(
            hour ->
                hour.cubes().stream()
                    .map(
                        cube ->
                            new Flip(
                                cubes.get(cube.cube()).name(),
                                cubes.get(cube.cube()).definitionHash(),
                                hour.hourMillis(),
                                cube)))
        .toList();
  }

  List<HourPlan> compacted() {
    return hours.stream().filter(HourPlan::compacts).toList();
  }
}
