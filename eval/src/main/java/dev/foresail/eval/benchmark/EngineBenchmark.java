package dev.foresail.eval.benchmark;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.eval.latency.Dispatching;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.lookahead.Evaluator;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The steps that predictions are made of: copying and encoding a RandTree node, handling an event, rolling out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
    private static final int ALTERNATIVES = 3;
    private static final int ROUNDS = 2;
    private static final NodeId WORKER = NodeId.of(11);

    private final DispatcherFixture fixture = new DispatcherFixture();
    private final Evaluator<Dispatching> evaluator = fixture.evaluator(ROUNDS);
    private final Dispatching worker = fixture.machine.create(List.of(Duration.ofMillis(1), 1));
    private final Event job = new Event.Delivery(NodeId.of(2), new Dispatching.Job(1));
    private final RandTreeMachine treeMachine = new RandTreeMachine();
    private final RandTree tree = TreeFixture.innerNode(treeMachine);
    private final StateWriter writer = new StateWriter();
    private long seed;

    /** An independent copy of an inner node of a tree. */
    @Benchmark
    public RandTree nodeCopy() {
        return treeMachine.copy(tree);
    }

    /** The canonical bytes of an inner node of a tree, and their fingerprint. */
    @Benchmark
    public long stateEncoding() {
        writer.reset();
        treeMachine.write(tree, writer);
        return writer.fingerprint();
    }

    /** Alternatives of a message and the run of its one handler, which adds a number. */
    @Benchmark
    public Dispatching handlerDispatch() {
        fixture.apply(worker, WORKER, job);
        return worker;
    }

    /** One roll-out of 200 ms: a dispatcher, three workers, two messages. */
    @Benchmark
    @OperationsPerInvocation(ALTERNATIVES * ROUNDS)
    public Evaluation rollOut() {
        return evaluator.evaluate(fixture.snapshot, fixture.task, fixture.alternatives, seed++);
    }
}
