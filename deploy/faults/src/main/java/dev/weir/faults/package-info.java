/**
 * Weir under faults: the real parts are harmed while a stream flows, and every number stays right.
 */
package dev.weir.faults;
