/** The demo: generated and real traffic, and the checks at its end. */
package dev.weir.local.demo;
