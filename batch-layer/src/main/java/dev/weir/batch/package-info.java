/**
 * The batch layer: for every event hour that changed, read the archive, verify and reconcile it,
 * drop duplicates, aggregate, compact, and publish the hour under a new version.
 */
package dev.weir.batch;
