package dev.foresail.predictor.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the faults' names stand for, and what a stage refuses that has none of them. */
class NetworkFaultsTest {
    private static final List<NodeId> NODES =
            LongStream.rangeClosed(1, 6).mapToObj(NodeId::of).toList();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A stage with the faults of every stage only, and a clock that does not stop. */
    private static class Bare implements NetworkFaults {
        private Duration now = MINUTE;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void at(Duration time, Runnable action) {
            Duration before = now;
            now = time;
            action.run();
            now = before;
        }
    }

    private record Clog(NodeId node, Duration from, Duration until) {}

    private static List<Clog> swizzle(long seed) {
        List<Clog> clogs = new ArrayList<>();
        new Bare() {
            @Override
            public void clog(NodeId node, Duration duration) {
                clogs.add(new Clog(node, now(), now().plus(duration)));
            }
        }.swizzleClog(NODES, Duration.ofSeconds(10), RandomStream.of(seed, "test"));
        return clogs;
    }

    @Test
    void aSwizzleClogsSomeNodesOneAfterTheOtherAndFreesThemInAnotherOrder() {
        Set<Integer> sizes = new TreeSet<>();
        int otherOrders = 0;
        for (long seed = 0; seed < 60; seed++) {
            List<Clog> clogs = swizzle(seed);
            sizes.add(clogs.size());
            assertEquals(clogs.size(), clogs.stream().map(Clog::node).distinct().count());
            assertEquals(MINUTE, clogs.get(0).from());
            for (int index = 1; index < clogs.size(); index++) {
                assertTrue(
                        clogs.get(index).from().compareTo(clogs.get(index - 1).from()) > 0);
            }
            List<Duration> ends = clogs.stream().map(Clog::until).toList();
            assertTrue(ends.stream().allMatch(end -> end.compareTo(MINUTE.plusSeconds(5)) > 0), clogs::toString);
            assertTrue(ends.contains(MINUTE.plusSeconds(10)), "the last one is free when it is over");
            assertEquals(ends.size(), new TreeSet<>(ends).size());
            otherOrders += List.copyOf(new TreeSet<>(ends)).equals(ends) ? 0 : 1;
        }
        assertEquals(Set.of(1, 2, 3, 4, 5, 6), sizes);
        assertTrue(otherOrders > 30, () -> "fewer than half were freed in another order");
    }

    @Test
    void aStageOfLiveNodesRefusesThem() {
        NodeId one = NODES.get(0);
        NodeId other = NODES.get(1);
        List<Consumer<NetworkFaults>> faults = List.of(
                on -> on.cutOneWay(one, other, MINUTE),
                on -> on.partitionOneWay(List.of(one), List.of(other), MINUTE),
                on -> on.clog(one, MINUTE),
                on -> on.clog(one, other, MINUTE),
                on -> on.swizzleClog(NODES, MINUTE, RandomStream.of(1, "test")),
                on -> on.delaySpike(one, other, 2, Duration.ZERO, MINUTE),
                on -> on.hold(one, other),
                on -> on.loss(one, other, 0.1, MINUTE),
                on -> on.duplicating(one, other, 0.1, MINUTE),
                on -> on.unordered(one, other, 0.1, MINUTE));
        for (Consumer<NetworkFaults> fault : faults) {
            String refused = assertThrows(UnsupportedOperationException.class, () -> fault.accept(new Bare()))
                    .getMessage();
            assertTrue(refused.startsWith("[FS425] a ") && refused.contains("for simulations only"), refused);
        }
    }
}
