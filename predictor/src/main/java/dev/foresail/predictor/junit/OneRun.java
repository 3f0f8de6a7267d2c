package dev.foresail.predictor.junit;

import dev.foresail.predictor.simulate.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** Plays a run before its test method runs, and hands the method what has become of the system. */
final class OneRun<S> implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {
    private final String name;
    private final Function<ExtensionContext, Simulation<S>> play;
    private Optional<Simulation<S>> played = Optional.empty();

    /** @param play throws what the test fails with */
    OneRun(String name, Function<ExtensionContext, Simulation<S>> play) {
        this.name = name;
        this.play = play;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        played = Optional.of(play.apply(context));
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
