package dev.weir.batch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package of the batch layer may know which. */
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
        .optionalLayer("audit")
        .definedBy("dev.weir.batch.audit")
        .optionalLayer("repair")
        .definedBy("dev.weir.batch.repair")
        .optionalLayer("retention")
        .definedBy("dev.weir.batch.retention")
        .optionalLayer("rollback")
        .definedBy("dev.weir.batch.rollback")
        .optionalLayer("rewind")
        .definedBy("dev.weir.batch.rewind")
        .layer("job")
        .definedBy("dev.weir.batch")
        .whereLayer("job")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("retention")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("rollback")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("rewind")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("repair")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("repair", "job")
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("retention", "rollback", "rewind", "repair", "job")
        .whereLayer("recompute")
        .mayOnlyBeAccessedByLayers("publish", "repair", "rewind", "job")
        .whereLayer("compact")
        .mayOnlyBeAccessedByLayers("recompute")
        .whereLayer("reconcile")
        .mayOnlyBeAccessedByLayers("recompute", "publish", "audit", "repair", "rewind", "job")
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("compact", "reconcile", "recompute", "audit", "job")
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
