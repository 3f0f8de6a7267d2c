package dev.foresail.eval.layercost;

import dev.foresail.predictor.node.Envelope;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One message that a node gets, and its answer: through one protocol, or up and down through the layers of a stack. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LayeredMessageBenchmark {
    /** How many layers the node has. */
    @Param({"1", "4"})
    private int layers = 1;

    private @Nullable AnsweringNode<?> node;

    /** A node of its own for each number of layers. */
    @Setup
    public void start() {
        node = AnsweringNode.ofLayers(layers);
    }

    /** A message from the peer, whose answer goes back to it. */
    @Benchmark
    public @Nullable Envelope message() {
        return Objects.requireNonNull(node).receive();
    }
}
