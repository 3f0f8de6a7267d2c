package dev.foresail.eval.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The same seed gives the same bytes on every machine and JDK: time and randomness come in from outside, and figures that
 * enter a simulation are computed with StrictMath.
 */
@AnalyzeClasses(packages = "dev.foresail", importOptions = ProductionClasses.class)
final class SourcesOfChanceTest {
    @ArchTest
    static final ArchRule nobodyReadsTheRealClock = noClasses()
            .that(AllowedPlaces.outside(AllowedPlaces.REAL_CLOCK))
            .should()
            .accessTargetWhere(Uses.of(
                    "the real clock",
                    "java.lang.System.currentTimeMillis(",
                    "java.lang.System.nanoTime(",
                    "java.time.Instant.now()",
                    "java.time.LocalDate.now()",
                    "java.time.LocalDateTime.now()",
                    "java.time.ZonedDateTime.now()",
                    "java.time.OffsetDateTime.now()",
                    "java.time.Clock.system",
                    "java.time.Clock.tick",
                    "java.util.Date.<init>()"))
            .because("a clock is handed in; classes where real time enters are listed in AllowedPlaces.REAL_CLOCK")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that(AllowedPlaces.outside(AllowedPlaces.SLEEPING))
            .should()
            .accessTargetWhere(
                    Uses.of("a blocking pause", "java.lang.Thread.sleep(", "java.util.concurrent.TimeUnit.sleep("))
            .because("waiting is a timer's business; exceptions are listed in AllowedPlaces.SLEEPING")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyDrawHasASeed = noClasses()
            .that(AllowedPlaces.outside(AllowedPlaces.UNSEEDED_RANDOMNESS))
            .should()
            .accessTargetWhere(Uses.of(
                    "randomness without a seed",
                    "java.lang.Math.random(",
                    "java.lang.StrictMath.random(",
                    "java.util.Random.<init>()",
                    "java.util.SplittableRandom.<init>()",
                    "java.util.concurrent.ThreadLocalRandom.",
                    "java.security.SecureRandom.",
                    "java.util.UUID.randomUUID(",
                    "java.util.Collections.shuffle(java.util.List)",
                    "java.util.random.RandomGenerator.getDefault(",
                    "java.util.random.RandomGenerator.of("))
            .because("the same seed must give the same run; exceptions are listed in AllowedPlaces.UNSEEDED_RANDOMNESS")
            .allowEmptyShould(true);

    /** Math may differ between machines in the last bit for these; its sqrt, min, max, floor and the like may not. */
    @ArchTest
    static final ArchRule figuresAreTheSameOnEveryMachine = noClasses()
            .should()
            .accessTargetWhere(Uses.of(
                    "Math where StrictMath is needed",
                    "java.lang.Math.sin",
                    "java.lang.Math.cos",
                    "java.lang.Math.tan",
                    "java.lang.Math.asin(",
                    "java.lang.Math.acos(",
                    "java.lang.Math.atan",
                    "java.lang.Math.exp",
                    "java.lang.Math.log",
                    "java.lang.Math.pow(",
                    "java.lang.Math.cbrt(",
                    "java.lang.Math.hypot("))
            .because("the JVM may replace these by faster ones that differ between machines")
            .allowEmptyShould(true);

    @ArchTest
    static void everyAllowedPlaceExists(JavaClasses classes) {
        Stream.of(AllowedPlaces.REAL_CLOCK, AllowedPlaces.SLEEPING, AllowedPlaces.UNSEEDED_RANDOMNESS)
                .flatMap(Set::stream)
                .forEach(name -> assertTrue(classes.contain(name), () -> "AllowedPlaces names no class: " + name));
    }
}
