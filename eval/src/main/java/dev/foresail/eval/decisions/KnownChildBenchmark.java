package dev.foresail.eval.decisions;

import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.randtree.RandTree;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where does a root send a newcomer's Join, whose values are known: features, look-up, decision. Each Join is another newcomer's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KnownChildBenchmark {
    private final DelegateFixture fixture = new DelegateFixture();
    private final Resolver<RandTree> resolver = fixture.informed();
    private final List<ChoiceContext<RandTree>> choices = fixture.choices();
    private int next;

    /** One decision. */
    @Benchmark
    public Resolution delegateToKnownChild() {
        next = next + 1 == choices.size() ? 0 : next + 1;
        return resolver.resolve(choices.get(next));
    }
}
