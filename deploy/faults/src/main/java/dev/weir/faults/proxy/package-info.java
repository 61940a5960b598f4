/** A proxy before PostgreSQL that stops, cuts or delays sessions at exactly chosen statements. */
package dev.weir.faults.proxy;
