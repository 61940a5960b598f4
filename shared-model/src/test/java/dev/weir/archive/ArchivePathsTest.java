package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchivePathsTest {
  private static final Instant LATE_IN_THE_DAY = Instant.parse("2026-03-28T23:59:59Z");
  private static final UUID NAME = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

  @Test
  void datesAreUtc() {
    assertThat(ArchivePaths.arrivals(LATE_IN_THE_DAY, NAME))
        .isEqualTo("arrivals/2026-03-28/01234567-89ab-cdef-0123-456789abcdef.parquet");
    assertThat(ArchivePaths.deadLetters(LATE_IN_THE_DAY, NAME))
        .isEqualTo("dead-letters/2026-03-28/01234567-89ab-cdef-0123-456789abcdef.parquet");
    assertThat(ArchivePaths.hours(Instant.parse("2026-03-29T01:00:00Z").toEpochMilli(), 17, 3))
        .isEqualTo("hours/event_date=2026-03-29/event_hour=01/v17-3.parquet");
  }

  @Test
  void kindsAreKnownByTheirManifestName() {
    for (ArchiveKind kind : ArchiveKind.values()) {
      assertThat(ArchiveKind.ofManifestName(kind.manifestName())).isEqualTo(kind);
    }
    assertThatThrownBy(() -> ArchiveKind.ofManifestName("minutes"))
        .hasMessage(
            "the archive has no files of kind 'minutes'; it has arrivals, hours, dead-letters");
  }
}
