/** The speed layer in the session cluster: submit, watch, stop, resume. */
package dev.weir.local.flink;
