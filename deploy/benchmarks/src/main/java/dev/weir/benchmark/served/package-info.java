/** Whether what is served is what was generated. */
package dev.weir.benchmark.served;
