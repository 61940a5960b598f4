/**
 * The run's place in the database: its registration and fence, the one transaction that publishes,
 * and the removal of what failed or superseded versions left behind.
 */
package dev.weir.batch.publish;
