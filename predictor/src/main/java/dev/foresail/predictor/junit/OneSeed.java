package dev.foresail.predictor.junit;

import dev.foresail.predictor.simulate.Simulation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** Plays one seed before its test method runs, and hands the method what has become of the system. */
final class OneSeed<S> implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {
    private final AnnotatedSimulation<S> annotated;
    private final long seed;
    private Optional<Simulation<S>> played = Optional.empty();

    OneSeed(AnnotatedSimulation<S> annotated, long seed) {
        this.annotated = annotated;
        this.seed = seed;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        String method = context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName();
        played = Optional.of(annotated.play(
                seed, "mvn test -Dtest=" + method + " -D" + SimulationTestExtension.ONE_SEED + "=" + seed));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulation.class;
    }

    @Override
    public Simulation<S> resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return played.orElseThrow();
    }
}
