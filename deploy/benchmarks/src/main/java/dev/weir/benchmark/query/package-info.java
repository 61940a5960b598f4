/** How soon questions are answered that look at a long history, beside live traffic. */
package dev.weir.benchmark.query;
