package dev.weir.local.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package of the local runtime may know which. */
class PackageDirectionsTest {
  private static final JavaClasses LOCAL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir.local");

  @Test
  void roomsFormNoCycle() {
    slices().matching("dev.weir.local.(*)..").should().beFreeOfCycles().check(LOCAL);
  }

  @Test
  void onlyTheCommandLineKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.weir.local", "dev.weir.local.command")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "dev.weir.local.command")
        .check(LOCAL);
  }

  @Test
  void theRuntimeKnowsNoPart() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.local.runtime")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.local.part..", "dev.weir.local.flink..", "dev.weir.local.lifecycle..")
        .check(LOCAL);
  }

  @Test
  void theLayersAreStartedNotCalled() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.weir.speed..", "dev.weir.batch..", "dev.weir.serving..")
        .check(LOCAL);
  }
}
