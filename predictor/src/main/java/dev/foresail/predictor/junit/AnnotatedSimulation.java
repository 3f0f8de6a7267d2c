package dev.foresail.predictor.junit;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.FailureText;
import dev.foresail.predictor.campaign.Hosting;
import dev.foresail.predictor.campaign.PlayedScenario;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SeedRun;
import dev.foresail.predictor.campaign.SimulatedSystem;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a {@link SimulationTest} asks for, whatever the seed. Immutable, thread-safe. */
final class AnnotatedSimulation<S> {
    private final SimulationPlan<S> plan;

    private AnnotatedSimulation(SimulationPlan<S> plan) {
        this.plan = plan;
    }

    /** @throws org.junit.jupiter.api.extension.ExtensionConfigurationException when that cannot be */
    static AnnotatedSimulation<?> of(SimulationTest test, Class<?> testClass) {
        ClassPath found = new ClassPath(testClass.getClassLoader());
        if (test.nodes() < 1) {
            throw ClassPath.mistake("nodes = " + test.nodes() + ": at least 1");
        }
        try {
            return new AnnotatedSimulation<>(plan(test, found.machine(test.protocol()), found));
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
                        Hosting.of(ResolverFactory.of(resolver, machine)),
                        SyntheticWideArea::generate),
                test.nodes(),
                new PlayedScenario(
                        found.scenario(test.scenario(), machine),
                        ClassPath.texts("set", test.set()),
                        test.faults().isEmpty() ? FaultPhase.NONE : faults(test.faults()),
                        test.until().isEmpty() ? Optional.empty() : Optional.of(duration("until", test.until()))),
                PropertyWatch.defaultEveryEvents(test.nodes()));
        plan.check();
        return plan;
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
     * @throws AssertionError when a property is violated or a handler has thrown
     */
    Simulation<S> play(long seed, String again) {
        SeedRun<S> run = new SeedRun<>(plan, seed);
        SeedOutcome outcome = run.play();
        if (outcome.isViolated()) {
            List<String> wrong = new ArrayList<>(FailureText.story(plan, outcome, () -> false));
            outcome.failures().stream().limit(1).forEach(failure -> wrong.add("    " + failure));
            wrong.add("again: " + again);
            throw new AssertionError(String.join(System.lineSeparator(), wrong));
        }
        return run.simulation();
    }
}
