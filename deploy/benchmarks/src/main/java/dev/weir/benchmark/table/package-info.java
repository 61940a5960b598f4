/** Weir and its peers in one run, ratio by ratio, beside what Weir aims at. */
package dev.weir.benchmark.table;
