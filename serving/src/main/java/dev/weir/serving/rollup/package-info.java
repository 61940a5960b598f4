/**
 * Roll-ups: the cubes added up beforehand over hours, days and fewer dimensions, and what was
 * committed since the last publication added up as it comes, so that an answer merges few rows.
 *
 * <p>The views decide whether a roll-up is of exactly what is served, in the snapshot of the
 * question itself, and read the layers' own rows where it is not: so no roll-up can make an answer
 * stale, and without any the answers are the same, only later. They compare hour by hour, unless
 * nothing was published, rolled back or rewound since all roll-ups were found to be so.
 */
package dev.weir.serving.rollup;
