package dev.foresail.eval.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/**
 * The classes that may read the real clock, wait, or draw unseeded numbers, by full name. Everything else is handed a clock
 * and a random stream. Each entry says why; one that names no class any more fails {@code SourcesOfChanceTest}.
 */
final class AllowedPlaces {
    /** May call System.nanoTime and its like, because they are where real time enters. */
    static final Set<String> REAL_CLOCK = Set.of(
            // Progress, and how long a command took.
            "dev.foresail.steering.cli.WallClock",
            // Live nodes run in real time.
            "dev.foresail.steering.live.RealClock");

    /** May block their thread, because it is theirs alone: never an event loop. */
    static final Set<String> SLEEPING = Set.of();

    /** May draw numbers that no seed decides, such as keys and names of temporary files. */
    static final Set<String> UNSEEDED_RANDOMNESS = Set.of(
            // Nobody is to guess the keys by which heartbeats are known.
            "dev.foresail.steering.detector.HeartbeatKeys");

    private AllowedPlaces() {}

    /** Nested classes and lambdas belong to the class that is named. */
    static DescribedPredicate<JavaClass> outside(Set<String> allowed) {
        return DescribedPredicate.describe(
                "are not listed in AllowedPlaces", type -> !allowed.contains(outermost(type.getName())));
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
