package dev.foresail.predictor.junit;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.Hosting;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.campaign.SimulationTraceFile;
import dev.foresail.predictor.campaign.TraceReplay;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.trace.TraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Plays the run of a {@link ReplayTrace}. */
final class ReplayTraceExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Path file = Path.of(AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), ReplayTrace.class)
                .orElseThrow()
                .value());
        ClassPath found = new ClassPath(context.getRequiredTestClass().getClassLoader());
        try {
            SimulationTrace trace = SimulationTraceFile.read(file);
            return Stream.of(run(file, trace, found.machine(trace.origin()), found));
        } catch (TraceException | CampaignException unusable) {
            throw new ExtensionConfigurationException("@ReplayTrace: " + unusable.getMessage(), unusable);
        }
    }

    private static <S> OneRun<S> run(Path file, SimulationTrace trace, Machine<S> machine, ClassPath found) {
        SimulationTrace.Origin origin = trace.origin();
        if (origin.configured()) {
            throw new CampaignException(
                    "FS435",
                    file + " was made with what only the command line has"
                            + (origin.options().isEmpty()
                                    ? ", the protocol's configuration"
                                    : ": " + String.join(" ", origin.options()))
                            + "; foresail replay " + file + " plays it");
        }
        SimulationPlan<S> plan = trace.plan(
                machine,
                Hosting.of(ResolverFactory.of(resolver(origin.choices()), machine)),
                SyntheticWideArea::generate,
                found.scenario(origin),
                FaultPhase.NONE);
        return new OneRun<>("seed " + trace.seed() + " of " + file.getFileName(), context -> play(plan, trace, file));
    }

    private static ResolverSettings resolver(SimulationTrace.Choices choices) {
        if (!choices.minimize().isEmpty()) {
            return ResolverSettings.predicted(Objective.minimize(choices.minimize(), choices.horizon()));
        }
        return Arrays.stream(ResolverSettings.Kind.values())
                .filter(kind -> kind.label().equals(choices.resolver()))
                .findFirst()
                .map(ResolverSettings::policy)
                .orElseThrow(() -> new TraceException(
                        "FS250", "'resolver' is to be the name of a resolver, not '" + choices.resolver() + "'"));
    }

    private static <S> Simulation<S> play(SimulationPlan<S> plan, SimulationTrace trace, Path file) {
        TraceReplay<S> replay = TraceReplay.of(plan, trace, () -> false);
        if (replay.sighting().isEmpty()) {
            return replay.simulation();
        }
        List<String> wrong = new ArrayList<>(replay.lines(() -> false));
        if (replay.hasDiverged()) {
            wrong.add(replay.divergence());
        }
        wrong.add("again: foresail replay " + file);
        throw new AssertionError(String.join(System.lineSeparator(), wrong));
    }
}
