package dev.weir.faults.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Parts are harmed from outside: nothing here calls a layer, and the proxy knows nothing of Weir.
 */
class PackageDirectionsTest {
  private static final JavaClasses FAULTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir.faults");

  @Test
  void roomsFormNoCycle() {
    slices().matching("dev.weir.faults.(*)..").should().beFreeOfCycles().check(FAULTS);
  }

  @Test
  void theProxyKnowsTheProtocolOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.faults.proxy")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.weir.faults.proxy", "java..")
        .check(FAULTS);
  }

  @Test
  void theLayersAreHarmedNotCalled() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.weir.speed..", "dev.weir.batch..", "dev.weir.serving..")
        .check(FAULTS);
  }
}
