/**
 * Runs the peers, each in a process of its own, on the parts and the data that Weir was measured
 * on.
 */
package dev.weir.benchmark.peer;
