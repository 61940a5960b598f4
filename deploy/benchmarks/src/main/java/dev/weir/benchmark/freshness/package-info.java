/** How soon an event is seen: while events flow steadily, and after an outage. */
package dev.weir.benchmark.freshness;
