/** The generated events, one definition of the work for every benchmark, and their exact totals. */
package dev.weir.benchmark.stream;
