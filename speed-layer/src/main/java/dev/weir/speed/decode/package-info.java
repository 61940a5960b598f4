/** From raw records to canonical events and dead letters. */
package dev.weir.speed.decode;
