package dev.foresail.predictor.junit;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.FailureText;
import dev.foresail.predictor.campaign.Hosting;
import dev.foresail.predictor.campaign.PlayedScenario;
import dev.foresail.predictor.campaign.SavedFailure;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SeedRun;
import dev.foresail.predictor.campaign.ShrinkBudget;
import dev.foresail.predictor.campaign.SimulatedSystem;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Runaway;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationLimits;
import dev.foresail.predictor.trace.TraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a {@link SimulationTest} asks for, whatever the seed. Immutable, thread-safe. */
final class AnnotatedSimulation<S> {
    /** More is played only to make failing seeds small, whose runs are short. */
    private static final long MOST_SHRINKING_EVENTS = 5_000_000;

    private final SimulationPlan<S> plan;
    private final SimulationTest test;
    private final Path traces;
    private final ShrinkBudget budget;

    private AnnotatedSimulation(SimulationPlan<S> plan, SimulationTest test, Path traces) {
        this.plan = plan;
        this.test = test;
        this.traces = traces;
        this.budget = new ShrinkBudget(test.shrinkRuns(), MOST_SHRINKING_EVENTS, () -> false);
    }

    /**
     * @param traces where failing seeds are saved
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException when that cannot be
     */
    static AnnotatedSimulation<?> of(SimulationTest test, Class<?> testClass, Path traces) {
        ClassPath found = new ClassPath(testClass.getClassLoader());
        if (test.pendingEvents() < 0 || test.eventsAtOneTime() < 0) {
            throw ClassPath.mistake("pendingEvents and eventsAtOneTime: at least 0");
        }
        if (test.nodes() < 1) {
            throw ClassPath.mistake("nodes = " + test.nodes() + ": at least 1");
        }
        try {
            return new AnnotatedSimulation<>(
                    plan(test, found.machine(test.protocol(), test.over()), found), test, traces);
        } catch (CampaignException wrong) {
            throw ClassPath.mistake(String.valueOf(wrong.getMessage()));
        }
    }

    private static <S> SimulationPlan<S> plan(SimulationTest test, Machine<S> machine, ClassPath found) {
        ResolverSettings resolver = test.minimize().isEmpty()
                ? ResolverSettings.policy(test.resolver())
                : ResolverSettings.predicted(Objective.minimize(test.minimize(), duration("horizon", test.horizon())));
        SimulationPlan<S> plan = new SimulationPlan<>(
                new SimulatedSystem<>(
                        machine,
                        new TreeMap<>(ClassPath.texts("parameters", test.parameters())),
                        Hosting.<S>of(ResolverFactory.of(resolver, machine))
                                .with(test.connectionSetup())
                                .with(nodes -> limits(test, nodes)),
                        SyntheticWideArea::generate),
                test.nodes(),
                new PlayedScenario(
                        found.scenario(test.scenario(), machine),
                        new TreeMap<>(ClassPath.texts("set", test.set())),
                        test.faults().isEmpty() ? FaultPhase.NONE : faults(test.faults()),
                        test.until().isEmpty() ? Optional.empty() : Optional.of(duration("until", test.until()))),
                PropertyWatch.defaultEveryEvents(test.nodes()));
        plan.check();
        return plan;
    }

    private static SimulationLimits limits(SimulationTest test, int nodes) {
        SimulationLimits usual = SimulationLimits.of(nodes);
        return new SimulationLimits(
                test.pendingEvents() == 0 ? usual.pendingEvents() : test.pendingEvents(),
                test.eventsAtOneTime() == 0 ? usual.eventsAtOneTime() : test.eventsAtOneTime());
    }

    private static FaultPhase faults(String mix) {
        try {
            return new FaultPhase(FaultMix.perSeed(mix));
        } catch (IllegalArgumentException wrong) {
            throw ClassPath.mistake("faults: " + wrong.getMessage());
        }
    }

    private static Duration duration(String name, String text) {
        try {
            return ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            throw ClassPath.mistake(name + " = \"" + text + "\" is no duration such as \"30s\"");
        }
    }

    /**
     * Plays a seed to its end.
     *
     * @param again the command that repeats it
     * @throws AssertionError when a property is violated, a handler has thrown, or the protocol runs away
     */
    Simulation<S> play(long seed, String again) {
        SeedRun<S> run = new SeedRun<>(plan, seed);
        SeedOutcome outcome = run.play();
        List<String> wrong = new ArrayList<>();
        outcome.runaway().map(Runaway::line).ifPresent(line -> wrong.add("seed " + seed + ": " + line));
        if (outcome.isViolated()) {
            wrong.addAll(FailureText.story(plan, outcome, () -> false));
            outcome.failures().stream().limit(1).forEach(failure -> wrong.add("    " + failure));
            wrong.addAll(saved(outcome));
        }
        if (!wrong.isEmpty()) {
            wrong.add("again: " + again);
            throw new AssertionError(String.join(System.lineSeparator(), wrong));
        }
        if (test.verifyDeterminism()) {
            verify(outcome);
        }
        return run.simulation();
    }

    private List<String> saved(SeedOutcome outcome) {
        String property = outcome.violations().stream()
                .map(PropertyWatch.Violation::property)
                .findFirst()
                .orElseGet(() -> outcome.firstViolated().orElseThrow());
        try {
            return SavedFailure.save(plan, outcome.seed(), property, origin(), budget, traces).stream()
                    .flatMap(saved -> Stream.of(
                            "saved: " + saved.file() + " with " + saved.shrunk().words(),
                            "again, small: @ReplayTrace(\"" + saved.file() + "\") or foresail replay " + saved.file()))
                    .toList();
        } catch (TraceException unwritten) {
            return List.of("not saved: " + unwritten.getMessage());
        }
    }

    private SimulationTrace.Origin origin() {
        Duration horizon = test.minimize().isEmpty() ? Duration.ZERO : duration("horizon", test.horizon());
        return SavedFailure.origin(
                plan,
                test.faults(),
                new SimulationTrace.Choices(test.resolver().label(), test.minimize(), horizon),
                List.of(),
                false);
    }

    /** @throws AssertionError FS240 when a second run is another one */
    private void verify(SeedOutcome first) {
        SeedOutcome second = new SeedRun<>(plan, first.seed()).play();
        if (!first.digest().equals(second.digest())) {
            List<String> lines = new ArrayList<>(List.of("[FS240] not deterministic: seed " + first.seed()
                    + " gave the digest " + first.digest() + " and then " + second.digest()));
            plan.firstDifference(first.seed(), () -> false).ifPresent(difference -> lines.addAll(difference.lines()));
            throw new AssertionError(String.join(System.lineSeparator(), lines));
        }
    }
}
