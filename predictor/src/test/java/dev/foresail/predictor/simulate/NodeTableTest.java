package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.node.NodeSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTableTest {
    private static Simulation<Chatter> system(long... ids) {
        List<NodeId> nodes = Arrays.stream(ids).mapToObj(NodeId::of).toList();
        SimulationSettings<Chatter> settings = new SimulationSettings<>(
                new ChatterMachine(),
                List.of(),
                nodes,
                new EvenLinks(ids.length, 20_000_000L, 0, 0),
                3,
                3,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        return new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
    }

    private static List<Integer> endpoints(Simulation<?> system, long... ids) {
        return Arrays.stream(ids)
                .mapToObj(id -> system.existing(NodeId.of(id)).endpoint())
                .toList();
    }

    @Test
    void idsThatFollowEachOtherAreFound() {
        Simulation<Chatter> system = system(5, 6, 7);
        assertEquals(List.of(0, 1, 2), endpoints(system, 5, 6, 7));
        for (long stranger : new long[] {0, 4, 8, 5 + (1L << 32)}) {
            assertThrows(IllegalArgumentException.class, () -> system.existing(NodeId.of(stranger)));
        }
    }

    @Test
    void anyIdsAreFoundAndListedInTheirOrder() {
        Simulation<Chatter> system = system(9, 2, 700);
        assertEquals(List.of(NodeId.of(2), NodeId.of(9), NodeId.of(700)), system.nodes());
        assertEquals(List.of(1, 0, 2), endpoints(system, 2, 9, 700));
        assertThrows(IllegalArgumentException.class, () -> system.existing(NodeId.of(10)));
    }
}
