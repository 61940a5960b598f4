/** Compressed answers that are put together of parts. */
package dev.weir.serving.gzip;
