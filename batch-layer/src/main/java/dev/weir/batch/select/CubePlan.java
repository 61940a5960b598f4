package dev.weir.batch.select;

import java.io.Serializable;

/**
 * One cube's part in recomputing an event hour.
 *
 * @param cube position in the pipeline's cubes
 * @param expectedVersion the version being served; 0 while the hour is not covered. Publishing is
 *     refused if it has changed meanwhile.
 * @param absorbedThrough the last commit that version has absorbed; 0 without one
 * @param freshFrom archived rows of commits after this one are compared with those commits' speed
 *     rows: both exist in full, duplicates included
 */
public record CubePlan(int cube, long expectedVersion, long absorbedThrough, long freshFrom)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
