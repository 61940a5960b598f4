/**
 * Keeps answers that are still right: which those are, the key says. It knows nothing of questions.
 */
package dev.weir.serving.cache;
