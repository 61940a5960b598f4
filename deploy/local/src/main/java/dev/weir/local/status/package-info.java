/** What runs, how fresh it is, and whether every record is accounted for. */
package dev.weir.local.status;
