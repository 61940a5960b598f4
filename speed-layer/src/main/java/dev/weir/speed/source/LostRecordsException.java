package dev.weir.speed.source;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Kafka does not have the records that are to be read next; says which, and what to do. */
public final class LostRecordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param nextOffsets the offset to be read next of each partition that does not have it
   */
  LostRecordsException(Map<TopicPartition, Long> nextOffsets) {
    super(
        "Kafka does not have the records to be read next: "
            + inOrder(nextOffsets)
            + ". Either they were deleted before they were read (the topic's retention), or the"
            + " topic was made anew or lost its end, and holds other records at these offsets."
            + " (Where the last record is a transaction's marker and everything was deleted, nothing is"
            + " lost.)"
            + " Going on would leave records out, or count some twice, without a trace. Bring the"
            + " topic back; or accept it, and go on at the oldest records it has: start the job with"
            + " --skip-lost-records (weir up --skip-lost-records), and without it from the next"
            + " start on.");
  }

  private static String inOrder(Map<TopicPartition, Long> nextOffsets) {
    Map<String, Long> sorted = new TreeMap<>();
    nextOffsets.forEach((partition, offset) -> sorted.put(partition.toString(), offset));
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + " from offset " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
