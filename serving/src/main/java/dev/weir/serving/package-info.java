/**
 * The serving application: migrations, merged views, the HTTP API and the dashboard.
 *
 * <p>Merging is done once, in the SQL views of {@code db/view}; everything here only asks them. One
 * package per question a user asks: {@code cube} (the numbers), {@code live} (the numbers as they
 * move), {@code export} (the numbers as files), {@code report} (files, when they are due), {@code
 * freshness}, {@code reconciliation}, {@code deadletter}, {@code health}. {@code security} stands
 * in front of them, {@code cache} keeps answers that still hold, {@code openapi} describes them,
 * {@code migrate} brings the database up to date, {@code rollup} adds up beforehand, {@code sql}
 * fills scripts, {@code http} holds what all answers share.
 */
package dev.weir.serving;
