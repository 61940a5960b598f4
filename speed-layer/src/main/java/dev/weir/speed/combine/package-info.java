/**
 * Adding events up: first in the source's own chain, so that only a few partial aggregates cross
 * the network, then per series for the whole epoch.
 */
package dev.weir.speed.combine;
