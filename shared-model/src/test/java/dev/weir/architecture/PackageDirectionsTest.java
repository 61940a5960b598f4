package dev.weir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package of the shared model may know which. */
class PackageDirectionsTest {
  private static final JavaClasses MODEL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("dev.weir");

  @Test
  void noEngineAndNoJdbc() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.spark..",
            "org.apache.kafka..",
            "org.postgresql..",
            "org.springframework..",
            "java.sql..",
            "javax.sql..")
        .check(MODEL);
  }

  @Test
  void aggregatesKnowOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("dev.weir.aggregate..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.weir.aggregate..", "java..")
        .check(MODEL);
  }

  @Test
  void eventsAndTheirDecodersKnowTheDeclarationOnly() {
    classes()
        .that()
        .resideInAPackage("dev.weir.event..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.weir.event..", "dev.weir.pipeline..", "java..")
        .check(MODEL);
  }

  @Test
  void theDeclarationKnowsOnlyWhatItDeclares() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.pipeline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.event..", "dev.weir.archive..", "dev.weir.db..", "org.apache..")
        .check(MODEL);
  }

  @Test
  void archiveAndTablesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.weir.db..")
        .check(MODEL);
    noClasses()
        .that()
        .resideInAPackage("dev.weir.db..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.weir.archive..", "dev.weir.event..", "org.apache..")
        .check(MODEL);
  }

  @Test
  void onlyTheArchiveKnowsParquet() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.weir.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
        .check(MODEL);
  }

  @Test
  void noCycles() {
    slices().matching("dev.weir.(*)..").should().beFreeOfCycles().check(MODEL);
  }
}
