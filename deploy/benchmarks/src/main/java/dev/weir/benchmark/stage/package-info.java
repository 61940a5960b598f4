/** JMH benchmarks of the stages an event passes through, each alone on one thread. */
package dev.weir.benchmark.stage;
