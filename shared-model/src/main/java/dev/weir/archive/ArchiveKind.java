package dev.weir.archive;

/** What a file of the archive holds. */
public enum ArchiveKind {
  /** Events in order of arrival, any event hours. */
  ARRIVALS("arrivals"),
  /** The events of one event hour, duplicates dropped, with their commit. */
  HOURS("hours"),
  /** Rejected records. */
  DEAD_LETTERS("dead-letters");

  private final String manifestName;

  ArchiveKind(String manifestName) {
    this.manifestName = manifestName;
  }

  /** The kind's name in the manifest and its folder under the archive's root. */
  public String manifestName() {
    return manifestName;
  }

  /**
   * The kind of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ArchiveKind ofManifestName(String name) {
    for (ArchiveKind kind : values()) {
      if (kind.manifestName.equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "the archive has no files of kind '" + name + "'; it has arrivals, hours, dead-letters");
  }
}
