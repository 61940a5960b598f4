/** The batch query by DuckDB, inside this process. */
package dev.weir.benchmark.peer.duckdb;
