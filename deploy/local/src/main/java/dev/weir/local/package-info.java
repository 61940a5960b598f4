/** The {@code weir} command and the local runtime: the real parts on one machine. */
package dev.weir.local;
