/** Whether the parts need more memory the longer they run. */
package dev.weir.benchmark.soak;
