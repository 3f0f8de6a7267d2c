package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.NodeFaults;
import dev.foresail.predictor.simulate.queue.EventQueue;
import org.junit.jupiter.api.Test;

class NodeClockTest {
    @Test
    void whateverIsDoneToAClockItGoesOnAndTellsWhenASpanIsOver() {
        RandomStream random = RandomStream.of(7, "clock");
        for (int run = 0; run < 200; run++) {
            long world = random.nextLong(1L << random.nextInt(1, 60));
            NodeClock clock = new NodeClock(world);
            assertEquals(world, clock.read(world));
            long before = world;
            for (int step = 0; step < 20; step++) {
                world += random.nextLong(1L << random.nextInt(1, 40));
                assertTrue(clock.read(world) >= before);
                clock.drift(world, random.nextInt(NodeFaults.LEAST_DRIFT, NodeFaults.MOST_DRIFT + 1));
                clock.step(random.nextLong(1L << 30));
                before = clock.read(world);
                long delay = random.nextLong(1L << random.nextInt(1, 50));
                long over = clock.after(world, delay);
                assertTrue(over >= world && clock.read(over) >= before + delay);
                assertTrue(delay == 0 || clock.read(over - 1) < before + delay, "not a nanosecond later than need be");
            }
        }
    }

    /** As timers are set: long after the clock was changed, and some for at once. */
    @Test
    void noSpanIsOverBeforeItBegins() {
        RandomStream random = RandomStream.of(8, "clock");
        for (int run = 0; run < 2000; run++) {
            long world = random.nextLong(1L << random.nextInt(1, 60));
            NodeClock clock = new NodeClock(world);
            clock.drift(world, random.nextInt(NodeFaults.LEAST_DRIFT, NodeFaults.MOST_DRIFT + 1));
            for (int step = 0; step < 10; step++) {
                world += random.nextLong(1L << random.nextInt(1, 40));
                long before = clock.read(world);
                assertEquals(world, clock.after(world, 0));
                long delay = random.nextLong(1, 1L << random.nextInt(1, 50));
                long over = clock.after(world, delay);
                assertTrue(over > world && clock.read(over) >= before + delay);
                assertTrue(clock.read(over - 1) < before + delay, "not a nanosecond later than need be");
            }
        }
    }

    @Test
    void aTimerAtTheEndOfTimeStaysThere() {
        NodeClock clock = new NodeClock(0);
        clock.drift(5, NodeFaults.LEAST_DRIFT);
        long far = clock.after(1_000_000, Long.MAX_VALUE);
        assertTrue(far > 1L << 60 && far <= EventQueue.LATEST_NANOS);
    }
}
