/**
 * The live preview: what the current epochs have counted so far, in PostgreSQL within a fraction of
 * a second.
 */
package dev.weir.speed.live;
