package dev.weir.serving.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** Makes the files of a run and brings them where they have not arrived yet. */
final class ReportDelivery {
  private static final String FOLDER = "folder";
  private static final String EMAIL = "email";

  private final ReportWriter writer;
  private final Optional<MailDelivery> mail;
  private final Clock clock;

  ReportDelivery(ReportWriter writer, Optional<MailDelivery> mail, Clock clock) {
    this.writer = writer;
    this.mail = mail;
    this.clock = clock;
  }

  /**
   * Delivers a run.
   *
   * @param incomplete what is missing of its range
   * @return what the mail server said; accepted where nobody is mailed
   */
  Handover deliver(ClaimedRun claimed, Report report, Optional<String> incomplete)
      throws IOException {
    Path made = Files.createTempDirectory(Leftovers.MADE);
    try {
      List<String> notes = new ArrayList<>();
      incomplete.ifPresent(notes::add);
      List<ReportFile> files = writer.write(report, claimed.run().range(), notes, made);
      if (report.folder().isPresent() && !claimed.run().deliveredTo().contains(FOLDER)) {
        FolderDelivery.deliver(files, report.folder().get());
        arrived(FOLDER, files, claimed);
      }
      if (report.email().isEmpty() || claimed.run().deliveredTo().contains(EMAIL)) {
        return new Handover.Accepted();
      }
      Handover handover =
          mail.orElseThrow()
              .send(
                  ReportLetter.of(report, claimed.run(), notes, files, clock.instant()),
                  () -> claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null)));
      if (handover instanceof Handover.Accepted) {
        arrived(EMAIL, files, claimed);
      }
      return handover;
    } finally {
      FileSystemUtils.deleteRecursively(made);
    }
  }

  private static void arrived(String place, List<ReportFile> files, ClaimedRun claimed) {
    claimed.become(claimed.run().arrived(place, files.stream().map(ReportFile::name).toList()));
  }
}
