package dev.weir.batch.repair;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.CompactionDamage;
import dev.weir.batch.audit.FileDamage;
import dev.weir.batch.audit.RowDamage;
import dev.weir.batch.audit.RowLayer;
import dev.weir.batch.repair.DamagedHour.Arrival;
import dev.weir.batch.repair.DamagedHour.OfCube;
import dev.weir.batch.repair.DamagedHour.Version;
import dev.weir.batch.repair.Remedy.Kind;
import dev.weir.batch.select.DeclaredCubes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides what is to be done about each damaged event hour. */
public final class ChooseRemedies {
  private static final long EVERYWHERE = Long.MIN_VALUE;

  private final DeclaredCubes cubes;
  private final Map<Long, List<RowDamage>> rows = new HashMap<>();
  private final Set<Long> compactions = new HashSet<>();
  private final Set<Long> files = new HashSet<>();
  private final Set<Place> places = new HashSet<>();
  private final Map<Long, List<String>> compactedPaths = new HashMap<>();

  private record Place(long file, long hourMillis) {}

  /**
   * @param report of everything, made after what was noted had been restored
   */
  public ChooseRemedies(DeclaredCubes cubes, AuditReport report) {
    this.cubes = cubes;
    for (RowDamage damage : report.of(RowDamage.class)) {
      rows.computeIfAbsent(damage.hourMillis(), hour -> new ArrayList<>()).add(damage);
    }
    report.of(CompactionDamage.class).forEach(damage -> compactions.add(damage.hourMillis()));
    for (FileDamage damage : report.of(FileDamage.class)) {
      long hour = damage.hourMillis() == null ? EVERYWHERE : damage.hourMillis();
      if (damage.kind() == ArchiveKind.HOURS) {
        compactedFile(damage, hour);
      } else {
        files.add(damage.file());
        places.add(new Place(damage.file(), hour));
      }
    }
  }

  private void compactedFile(FileDamage damage, long hour) {
    // A file of an earlier compaction is not read any more; the name says whose it is.
    compactedPaths.computeIfAbsent(hour, h -> new ArrayList<>()).add(damage.path());
  }

  /** Decides. */
  public Remedy of(DamagedHour hour) {
    List<RowDamage> altered = rows.getOrDefault(hour.hourMillis(), List.of());
    if (hour.arrivals().isEmpty()) {
      return remedy(hour, Kind.REMOVE_UNSERVED, "no commit has brought events of it");
    }
    if (hour.sealed()) {
      return altered.isEmpty() ? remedy(hour, Kind.NOTHING, "it is sealed") : fold(hour, altered);
    }
    boolean compacted = hour.compaction() > 0;
    boolean compactionWhole = compacted && !compactionDamaged(hour);
    boolean arrivalsWhole = whole(hour, 0);
    if (compactionWhole && whole(hour, hour.compactedThrough())) {
      boolean fileGoes =
          hour.arrivals().stream()
              .anyMatch(a -> a.commit() > hour.compactedThrough() && files.contains(a.file()));
      return altered.isEmpty() && !fileGoes
          ? remedy(hour, Kind.NOTHING, "its compacted files hold all its events")
          : remedy(hour, Kind.RECOMPUTE, "its archive is whole");
    }
    if (arrivalsWhole) {
      return compacted
          ? remedy(hour, Kind.RECOMPUTE_FROM_ARRIVALS, "its arrivals are whole")
          : remedy(hour, Kind.RECOMPUTE, "its archive is whole");
    }
    return fold(hour, altered);
  }

  private boolean compactionDamaged(DamagedHour hour) {
    String ofVersion = "/v" + hour.compaction() + "-";
    return compactions.contains(hour.hourMillis())
        || compactedPaths.getOrDefault(hour.hourMillis(), List.of()).stream()
            .anyMatch(path -> path.contains(ofVersion));
  }

  /** Whether all arrivals of later commits can be read. */
  private boolean whole(DamagedHour hour, long after) {
    return hour.arrivals().stream()
        .filter(arrival -> arrival.commit() > after)
        .noneMatch(
            arrival ->
                arrival.deleted() || places.contains(new Place(arrival.file(), hour.hourMillis())));
  }

  private Remedy fold(DamagedHour hour, List<RowDamage> altered) {
    List<Version> bases = new ArrayList<>();
    for (int cube = 0; cube < hour.cubes().size(); cube++) {
      Version base = base(hour, cube, altered);
      if (base == null) {
        return remedy(hour, Kind.LOST, "its archive is not whole, " + unserved(hour, cube));
      }
      bases.add(base);
    }
    boolean unmoved = hour.sealed();
    for (int cube = 0; cube < bases.size(); cube++) {
      List<Version> versions = hour.cubes().get(cube).versions();
      unmoved &= versions.isEmpty() || versions.get(0).equals(bases.get(cube));
    }
    return unmoved
        ? new Remedy(hour, Kind.REMOVE_UNSERVED, "what is served is right", bases)
        : new Remedy(hour, Kind.SEAL, "its archive is not whole, but its rows are", bases);
  }

  /** The newest version that is unaltered, as are the speed rows it has not absorbed. */
  private Version base(DamagedHour hour, int cube, List<RowDamage> altered) {
    OfCube state = hour.cubes().get(cube);
    for (Version version : state.versions()) {
      if (intact(hour, cube, version, altered)) {
        return version;
      }
    }
    // Without any version all must be in the speed rows; of a cube that was declared after the
    // hour's commits there never was more, unless views show it by another definition.
    boolean never = isNew(hour, cube) && (hour.sealed() || !cubes.redefined()[cube]);
    return never || intact(hour, cube, Version.NONE, altered) ? Version.NONE : null;
  }

  private String unserved(DamagedHour hour, int cube) {
    String name = "cube '" + cubes.names()[cube] + "'";
    return isNew(hour, cube)
        ? name
            + " has no rows of it by the definition that is declared now: bring a backup of the"
            + " archive; until then views show "
            + name
            + " as it was"
        : "and neither are the rows of "
            + name
            + " that could stand in for it; a backup of either mends it, else its number stays in"
            + " doubt";
  }

  /** Whether the declared definition came after the hour's commits and has nothing of it yet. */
  private static boolean isNew(DamagedHour hour, int cube) {
    OfCube state = hour.cubes().get(cube);
    return state.versions().isEmpty()
        && hour.arrivals().stream().anyMatch(a -> a.commit() <= state.sinceCommit());
  }

  private static boolean intact(
      DamagedHour hour, int cube, Version version, List<RowDamage> altered) {
    OfCube state = hour.cubes().get(cube);
    Set<Long> needed = new HashSet<>();
    for (Arrival arrival : hour.arrivals()) {
      if (arrival.commit() > version.absorbed()) {
        needed.add(arrival.commit());
      }
    }
    boolean noted =
        needed.stream().allMatch(c -> c > state.sinceCommit() && state.speedCommits().contains(c));
    return noted
        && altered.stream()
            .filter(damage -> damage.cube() == cube)
            .noneMatch(
                damage ->
                    damage.layer() == RowLayer.SPEED
                        ? needed.contains(damage.tag())
                        : damage.tag() == version.version());
  }

  private static Remedy remedy(DamagedHour hour, Kind kind, String why) {
    return new Remedy(hour, kind, why, List.of());
  }
}
