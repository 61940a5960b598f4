package dev.weir.serving;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the serving application may know. */
class ServingRoomsTest {
  private static final JavaClasses SERVING =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir.serving");

  @Test
  void neverTheOtherLayersNorTheirEngines() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.speed..",
            "dev.weir.batch..",
            "org.apache.flink..",
            "org.apache.spark..",
            "org.apache.kafka..")
        .check(SERVING);
  }

  @Test
  void questionsDoNotKnowEachOther() {
    slices().matching("dev.weir.serving.(*)..").should().beFreeOfCycles().check(SERVING);
  }

  @Test
  void scriptsAndMigrationsKnowNothingOfHttp() {
    classes()
        .that()
        .resideInAnyPackage("dev.weir.serving.sql..", "dev.weir.serving.migrate..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.weir.serving.http..", "org.springframework.web..", "jakarta..")
        .check(SERVING);
  }
}
