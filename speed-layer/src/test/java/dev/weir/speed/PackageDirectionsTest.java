package dev.weir.speed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package of the speed layer may know which. */
class PackageDirectionsTest {
  private static final String ROOT = "dev.weir.speed.";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir.speed");

  private void mayNotKnow(String name, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + other)
          .check(classes);
    }
  }

  @Test
  void anEventPassesThroughThePackagesInOneDirection() {
    mayNotKnow("source", "decode", "dedup", "combine", "archive", "live");
    mayNotKnow("decode", "dedup", "combine", "archive", "live");
    mayNotKnow("dedup", "decode", "combine", "archive", "live");
    mayNotKnow("combine", "decode", "dedup", "archive", "live");
    mayNotKnow("archive", "decode", "dedup", "combine", "live");
    mayNotKnow("commit", "source", "decode", "dedup", "combine", "archive", "live");
    mayNotKnow("live", "source", "decode", "dedup", "combine", "archive");
  }

  @Test
  void theLayerKnowsNoOtherLayer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.weir.batch..", "dev.weir.serving..", "dev.weir.local..")
        .check(classes);
  }
}
