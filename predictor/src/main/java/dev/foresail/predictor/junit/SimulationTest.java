package dev.foresail.predictor.junit;

import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that simulates a protocol with many seeds, each of which is a test of its own. For every seed the scenario is played in
 * virtual time; the safety properties are asked after every event, as {@link dev.foresail.predictor.simulate.PropertyWatch} says, and
 * the liveness properties at the end. Then the method runs, and may take the {@link dev.foresail.predictor.simulate.Simulation} as a
 * parameter to look at what has become of the system:
 *
 * <pre>{@code
 * @SimulationTest(protocol = RandTree.class, nodes = 31, seeds = 200)
 * void joins(Simulation<RandTree> simulation) {
 *     assertEquals(List.of(), simulation.failures());
 * }
 * }</pre>
 *
 * A failure tells the property, the messages that led there, what the last event changed, where the seed was saved after it was made
 * small, and the command that repeats it; {@code -Dforesail.seed=17} runs that seed alone. Seeds have nothing in common, so tests may run in parallel.
 */
@Documented
@TestTemplate
@ExtendWith(SimulationTestExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface SimulationTest {
    /** The class with {@code @Protocol}. */
    Class<?> protocol();

    /** The layers below it, the highest first, when the nodes run several ({@code docs/writing-a-service.md}). */
    Class<?>[] over() default {};

    /** How many nodes there are, with the ids from 1. */
    int nodes() default 31;

    /** How many seeds are run, at least 1. */
    int seeds() default 20;

    /** The first of them. */
    long firstSeed() default 1;

    /** How much virtual time, as {@code "30s"}; by default as much as the scenario takes. */
    String until() default "";

    /**
     * What happens from outside. By default the scenario on the class path that is named like the protocol; without one all nodes start
     * at once, and a minute passes.
     */
    Class<? extends Scenario> scenario() default Scenario.class;

    /** Settings of the scenario, each {@code "key=value"}. */
    String[] set() default {};

    /**
     * What goes wrong by chance in the first two thirds of the time, as {@link dev.foresail.predictor.scenario.fault.FaultMix} reads it:
     * {@code "crash 2/min for 5s, partition 1/min"}, or {@code "swarm"} for another mix with each seed. By default nothing does.
     */
    String faults() default "";

    /** Whether the first message over a new connection takes a round trip more, to set it up. */
    boolean connectionSetup() default false;

    /** Configuration values of the protocol, each {@code "key=value"}. */
    String[] parameters() default {};

    /** How choices are made that nothing is predicted for. */
    ResolverSettings.Kind resolver() default ResolverSettings.Kind.RANDOM;

    /** A metric that predictions make small; then {@link #resolver} does not count. By default nothing is predicted. */
    String minimize() default "";

    /** How far predictions look ahead, as {@code "10s"}. */
    String horizon() default "10s";

    /** How much may be pending at once before the protocol counts as one that runs away (FS448); 0: as much as usual. */
    long pendingEvents() default 0;

    /** How many events may happen at one time before the protocol counts as one that runs away (FS450); 0: as many as usual. */
    long eventsAtOneTime() default 0;

    /** Whether each seed is played twice, and fails when the second run is another one. */
    boolean verifyDeterminism() default false;

    /**
     * How many runs may be spent on making failing seeds small, all seeds of the test together; 0: none is made small and saved. What is
     * saved goes to {@code target/foresail-traces}, or to the directory that {@code -Dforesail.traces} names, and is played again by
     * {@link ReplayTrace}.
     */
    int shrinkRuns() default 500;
}
