/**
 * The tables of the cubes: their names, columns and DDL, derived from the pipeline, and the binary
 * form in which their rows travel through PostgreSQL's COPY. The tables of the commit log are the
 * migrations under {@code db/migration}. Nothing here opens a connection.
 */
package dev.weir.db;
