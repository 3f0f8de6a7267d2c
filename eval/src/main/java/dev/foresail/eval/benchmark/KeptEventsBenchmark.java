package dev.foresail.eval.benchmark;

import dev.foresail.eval.overhead.RallyMessages;
import dev.foresail.predictor.log.EventRing;
import dev.foresail.steering.control.SteeringMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One message through the runtime of a node that keeps its latest events, as live nodes do, and of one that does not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeptEventsBenchmark {
    private final RallyMessages keeping = new RallyMessages(SteeringMode.OFF, EventRing.USUAL_EVENTS);
    private final RallyMessages plain = new RallyMessages(SteeringMode.OFF);

    @Benchmark
    public long messageThatIsKept() {
        return keeping.receive();
    }

    @Benchmark
    public long message() {
        return plain.receive();
    }
}
