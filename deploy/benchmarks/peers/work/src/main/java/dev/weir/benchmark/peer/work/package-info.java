/** What every peer shares, whatever its engine: its orders, its progress, the table it writes. */
package dev.weir.benchmark.peer.work;
