/**
 * The drain without any framework and without checkpoints: not a product, but the limit of what
 * this machine can do.
 */
package dev.weir.benchmark.peer.limit;
