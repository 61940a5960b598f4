/** The serving database as the batch layer reaches it. */
package dev.weir.batch.db;
