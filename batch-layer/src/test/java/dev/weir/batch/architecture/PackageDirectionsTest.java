package dev.weir.batch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which room of the batch layer may know which. */
class PackageDirectionsTest {
  private static final JavaClasses BATCH =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir.batch");

  @Test
  void roomsFollowTheSteps() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.weir.batch..")
        .layer("db")
        .definedBy("dev.weir.batch.db")
        .layer("store")
        .definedBy("dev.weir.batch.store")
        .layer("select")
        .definedBy("dev.weir.batch.select")
        .layer("read")
        .definedBy("dev.weir.batch.read")
        .layer("compact")
        .definedBy("dev.weir.batch.compact")
        .layer("reconcile")
        .definedBy("dev.weir.batch.reconcile")
        .layer("recompute")
        .definedBy("dev.weir.batch.recompute")
        .layer("publish")
        .definedBy("dev.weir.batch.publish")
        .layer("job")
        .definedBy("dev.weir.batch")
        .whereLayer("job")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("recompute")
        .mayOnlyBeAccessedByLayers("publish", "job")
        .whereLayer("compact")
        .mayOnlyBeAccessedByLayers("recompute")
        .whereLayer("reconcile")
        .mayOnlyBeAccessedByLayers("recompute", "publish", "job")
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("compact", "reconcile", "recompute", "job")
        .check(BATCH);
  }

  @Test
  void neitherTheOtherLayersNorTheirEngines() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.speed..",
            "dev.weir.serving..",
            "org.apache.flink..",
            "org.apache.kafka..",
            "org.apache.spark.sql..")
        .check(BATCH);
  }
}
