/** CPU, memory and rates of the processes that a benchmark watches. */
package dev.weir.benchmark.meter;
