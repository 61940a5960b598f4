/** Up and down: which parts, in which order. */
package dev.weir.local.lifecycle;
