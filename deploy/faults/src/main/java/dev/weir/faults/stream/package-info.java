/** The stream that flows while parts are harmed. */
package dev.weir.faults.stream;
