package dev.foresail.predictor.junit;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes a test of each seed of a {@link SimulationTest}. */
final class SimulationTestExtension implements TestTemplateInvocationContextProvider {
    /** Runs this seed alone. */
    static final String ONE_SEED = "foresail.seed";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        SimulationTest test = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), SimulationTest.class)
                .orElseThrow();
        if (test.seeds() < 1) {
            throw new ExtensionConfigurationException("seeds = " + test.seeds() + ": at least 1");
        }
        AnnotatedSimulation<?> simulation =
                AnnotatedSimulation.of(test, context.getRequiredTestClass(), TraceDirectory.of(context));
        return seeds(test, context).mapToObj(seed -> oneRun(simulation, seed));
    }

    private static <S> OneRun<S> oneRun(AnnotatedSimulation<S> simulation, long seed) {
        return new OneRun<>("seed " + seed, running -> simulation.play(seed, again(running, seed)));
    }

    private static String again(ExtensionContext context, long seed) {
        return "mvn test -Dtest=" + context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName() + " -D" + ONE_SEED + "=" + seed;
    }

    private static LongStream seeds(SimulationTest test, ExtensionContext context) {
        return context.getConfigurationParameter(ONE_SEED)
                .map(SimulationTestExtension::read)
                .map(LongStream::of)
                .orElseGet(() -> LongStream.range(test.firstSeed(), test.firstSeed() + test.seeds()));
    }

    private static long read(String seed) {
        try {
            return Long.parseLong(seed.trim());
        } catch (NumberFormatException wrong) {
            throw new ExtensionConfigurationException(ONE_SEED + " is a whole number, not '" + seed + "'", wrong);
        }
    }
}
