/** Folders, ports, processes and their records; knows nothing of the parts themselves. */
package dev.weir.local.runtime;
