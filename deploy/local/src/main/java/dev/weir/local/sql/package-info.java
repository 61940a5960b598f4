/** Queries of the serving database, one by one or at a prompt. */
package dev.weir.local.sql;
