package dev.foresail.eval.benchmark;

import dev.foresail.eval.overhead.RallyMessages;
import dev.foresail.steering.control.SteeringMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One message through a node's runtime, without steering and with it; no network, and nothing looks ahead meanwhile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SteeredMessageBenchmark {
    @Param({"OFF", "STEER"})
    private SteeringMode mode = SteeringMode.OFF;

    private RallyMessages messages = new RallyMessages(SteeringMode.OFF);

    /** A node of its own for each mode. */
    @Setup
    public void start() {
        messages = new RallyMessages(mode);
    }

    /** A serve to return, or a return to serve again on, in turn. */
    @Benchmark
    public long message() {
        return messages.receive();
    }
}
