/** The batch layer's benchmark: recompute an archive that was written before. */
package dev.weir.benchmark.batch;
