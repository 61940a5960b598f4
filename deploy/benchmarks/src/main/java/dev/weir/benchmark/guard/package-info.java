/**
 * The regression guard's arithmetic: two yardsticks, what a stage costs in units of them, and the
 * baseline that this is compared with.
 */
package dev.weir.benchmark.guard;
