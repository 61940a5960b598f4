/** The parts of a local runtime, each a process: how it is configured, started and found ready. */
package dev.weir.local.part;
