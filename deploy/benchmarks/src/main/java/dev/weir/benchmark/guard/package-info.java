/**
 * The regression guard's arithmetic: a fixed loop, what a stage costs in units of it, and the
 * baseline that this is compared with.
 */
package dev.weir.benchmark.guard;
