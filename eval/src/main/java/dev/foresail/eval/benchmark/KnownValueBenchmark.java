package dev.foresail.eval.benchmark;

import dev.foresail.eval.latency.Dispatching;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Resolving a choice among three alternatives whose values are known: features, look-up, decision. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KnownValueBenchmark {
    private final DispatcherFixture fixture = new DispatcherFixture();
    private final Resolver<Dispatching> resolver = fixture.informedResolver();
    private final ChoiceContext<Dispatching> context = fixture.context();

    /** One decision. */
    @Benchmark
    public Resolution knownValueDecision() {
        return resolver.resolve(context);
    }
}
