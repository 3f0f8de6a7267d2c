package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.VaryingTopology;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Links between three nodes, 20 ms apart at first, that change while they talk. */
class VaryingLinksTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final Topology EVEN = new EvenLinks(3, 20_000_000L, 0, 0);

    private static Simulation<Diary> on(Topology topology) {
        SimulationSettings<Diary> settings = new SimulationSettings<>(
                new DiaryMachine(),
                List.of(),
                Simulations.ids(3),
                topology,
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Diary> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Simulation<Diary> changing(LinkChange... changes) {
        return on(new VaryingTopology(EVEN, List.of(changes)));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static void write(Simulation<Diary> stage, NodeId from, NodeId to, long number) {
        stage.call(from, "write", List.of(to, number));
    }

    private static void until(Simulation<Diary> stage, long millis) {
        stage.runUntil(Duration.ofMillis(millis));
    }

    /** What has happened at a node since its start. */
    private static List<String> at(Simulation<Diary> stage, NodeId node) {
        List<String> entries = ((Diary) stage.state(node).orElseThrow()).entries();
        return entries.subList(1, entries.size());
    }

    @Test
    void aMessageTakesAsLongAsItsLinkDoesWhenItIsSent() {
        Simulation<Diary> stage = changing(
                new LinkChange.RouteChange(Links.between(List.of(0), List.of(1)), nanos(100), OptionalLong.empty(), 3));
        write(stage, ONE, TWO, 1);
        until(stage, 100);
        assertEquals(List.of("n1:1"), at(stage, TWO));
        write(stage, ONE, TWO, 2);
        write(stage, ONE, THREE, 3);
        until(stage, 159);
        assertEquals(List.of("n1:1"), at(stage, TWO));
        assertEquals(List.of("n1:3"), at(stage, THREE));
        until(stage, 160);
        assertEquals(List.of("n1:1", "n1:2"), at(stage, TWO));
    }

    @Test
    void aConnectionKeepsItsOrderWhenTheWayBecomesShorter() {
        Simulation<Diary> stage =
                changing(new LinkChange.RouteChange(Links.all(), nanos(10), OptionalLong.of(nanos(1)), 1));
        write(stage, ONE, TWO, 1);
        until(stage, 10);
        write(stage, ONE, TWO, 2);
        until(stage, 19);
        assertEquals(List.of(), at(stage, TWO));
        until(stage, 20);
        assertEquals(List.of("n1:1", "n1:2"), at(stage, TWO));
    }

    @Test
    void aFailureIsACutOfAllItsLinks() {
        Simulation<Diary> scripted =
                changing(new LinkChange.Failure(Links.around(List.of(0)), nanos(100), nanos(3000)));
        Simulation<Diary> cut = on(EVEN);
        cut.at(Duration.ofMillis(100), () -> {
            cut.cut(ONE, TWO, Duration.ofMillis(2900));
            cut.cut(ONE, THREE, Duration.ofMillis(2900));
        });
        for (Simulation<Diary> stage : List.of(scripted, cut)) {
            write(stage, ONE, TWO, 1);
            write(stage, TWO, THREE, 2);
            until(stage, 200);
            write(stage, ONE, TWO, 3);
            write(stage, THREE, TWO, 4);
            until(stage, 3100);
            write(stage, ONE, TWO, 5);
            until(stage, 4000);
        }
        assertEquals(List.of("n1:1", "n3:4", "n1 lost", "n1:5"), at(scripted, TWO));
        assertEquals(at(cut, TWO), at(scripted, TWO));
        assertEquals(cut.digest(), scripted.digest());
    }

    @Test
    void theSameScriptGivesTheSameRunAndNoneThatOfTheNetworkItself() {
        LinkChange congestion = new LinkChange.Congestion(Links.all(), nanos(50), nanos(500), nanos(50), 2, 1);
        assertEquals(digest(EVEN), digest(new VaryingTopology(EVEN, List.of())));
        assertEquals(
                digest(new VaryingTopology(EVEN, List.of(congestion))),
                digest(new VaryingTopology(EVEN, List.of(congestion))));
        assertNotEquals(digest(EVEN), digest(new VaryingTopology(EVEN, List.of(congestion))));
    }

    private static String digest(Topology topology) {
        Simulation<Diary> stage = on(topology);
        for (int i = 0; i < 10; i++) {
            write(stage, ONE, TWO, i);
            write(stage, TWO, THREE, i);
            until(stage, i * 37L);
        }
        until(stage, 2000);
        return stage.digest();
    }
}
