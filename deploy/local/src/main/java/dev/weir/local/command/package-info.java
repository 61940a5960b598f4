/** The subcommands of {@code weir}. */
package dev.weir.local.command;
