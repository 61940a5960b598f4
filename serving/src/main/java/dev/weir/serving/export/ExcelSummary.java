package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import org.dhatim.fastexcel.Worksheet;

/** The sheet that says what the other sheets hold. */
final class ExcelSummary {
  private final Worksheet sheet;
  private int line;

  ExcelSummary(Worksheet sheet) {
    this.sheet = sheet;
    sheet.width(0, 20);
    sheet.width(1, 70);
  }

  void document(DocumentHead head) {
    sheet.value(line, 0, head.title());
    sheet.style(line, 0).bold().fontSize(16).set();
    line += 2;
    for (String note : head.notes()) {
      fact("Note", note);
      sheet.style(line - 1, 1).bold().set();
    }
    fact("Pipeline", head.pipeline());
    if (head.from() != null) {
      fact("Range", AnswerTimes.range(head.from(), head.to(), head.zone()));
    }
    fact("Time zone", AnswerTimes.name(head.zone()));
    fact("Written at", AnswerTimes.second(head.writtenAt(), head.zone()));
  }

  void table(String title, AnswerHead answer, long rows) {
    line++;
    sheet.value(line, 0, title);
    sheet.style(line, 0).bold().fontSize(13).set();
    line++;
    AnswerFacts.of(answer, answer.zone()).forEach(this::fact);
    sheet.value(line, 0, "Rows");
    sheet.value(line, 1, rows);
    sheet.style(line, 1).format("#,##0").horizontalAlignment("left").set();
    line++;
  }

  private void fact(String name, String text) {
    sheet.value(line, 0, name);
    sheet.value(line, 1, text);
    line++;
  }
}
