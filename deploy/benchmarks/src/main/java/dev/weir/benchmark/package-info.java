/** End-to-end benchmarks on the local runtime, and benchmarks of single stages. */
package dev.weir.benchmark;
