/**
 * The exact aggregates both layers share: counts, 128-bit sums, extremes, percentile bins and
 * distinct sketches.
 *
 * <p>Every aggregate is a commutative monoid: merging in any order and any grouping gives the same
 * content and the same canonical bytes, so two layers are compared with {@code equals} and not with
 * a tolerance. All arithmetic is on integers; the SQL functions of the serving module give the same
 * digits. The package depends on the JDK only.
 */
package dev.weir.aggregate;
