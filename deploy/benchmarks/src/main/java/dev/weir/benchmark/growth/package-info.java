/** How the cost of an event grows with series, cubes and the number of events remembered. */
package dev.weir.benchmark.growth;
