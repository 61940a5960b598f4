/** The speed layer's benchmark: drain a topic that was filled before. */
package dev.weir.benchmark.drain;
