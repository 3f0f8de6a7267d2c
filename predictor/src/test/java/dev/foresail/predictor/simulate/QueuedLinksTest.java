package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.QueuedTopology;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.VaryingTopology;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.Haulier;
import dev.foresail.predictor.fixture.HaulierMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Hauliers 20 ms apart, whose crates wait for each other. */
class QueuedLinksTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    /** With its header 100 kB. */
    private static final long CRATE = 100_000 - EnvelopeSizes.HEADER_BYTES;

    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Of links that all carry as much, but for those from one node. */
    private static Topology links(double bytesPerSecond, int slowFrom, double slowBytesPerSecond) {
        EvenLinks even = new EvenLinks(3, 20_000_000L, 0, 0);
        return new Topology() {
            @Override
            public int size() {
                return even.size();
            }

            @Override
            public long latencyNanos(int from, int to) {
                return even.latencyNanos(from, to);
            }

            @Override
            public double bandwidthBytesPerSecond(int from, int to) {
                return from == slowFrom ? slowBytesPerSecond : bytesPerSecond;
            }

            @Override
            public double lossProbability(int from, int to) {
                return 0;
            }
        };
    }

    private static Simulation<Haulier> hauliers(Topology topology) {
        return hauliers(topology, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    private static Simulation<Haulier> hauliers(Topology topology, ResolverSettings resolver) {
        HaulierMachine machine = new HaulierMachine();
        Simulation<Haulier> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(),
                        Simulations.ids(3),
                        topology,
                        1,
                        1,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(resolver, machine));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static void haul(Simulation<Haulier> stage, NodeId from, NodeId to, int number, long bytes) {
        stage.call(from, "haul", List.of(to, number, bytes));
    }

    private static List<String> arrivals(Simulation<Haulier> stage, NodeId at, int seconds) {
        stage.runUntil(Duration.ofSeconds(seconds));
        return ((Haulier) stage.state(at).orElseThrow()).arrivals();
    }

    @Test
    void aMessageTakesAsLongAsTheNarrowestPartOfItsWay() {
        List<double[]> ways =
                List.of(new double[] {1e5, 2e5, 4e5}, new double[] {2e5, 1e5, 4e5}, new double[] {4e5, 2e5, 1e5});
        for (double[] way : ways) {
            Simulation<Haulier> stage = hauliers(new QueuedTopology(links(way[1], -1, 0), way[0], way[2]));
            haul(stage, ONE, TWO, 1, CRATE);
            assertEquals(List.of("n1:1 at 1020 ms"), arrivals(stage, TWO, 9));
        }
    }

    @Test
    void whatANodeSendsSharesItsUplink() {
        Simulation<Haulier> stage = hauliers(new QueuedTopology(links(UNLIMITED, -1, 0), 1e5, UNLIMITED));
        haul(stage, ONE, TWO, 1, CRATE);
        haul(stage, ONE, THREE, 2, CRATE);
        assertEquals(List.of("n1:1 at 1020 ms"), arrivals(stage, TWO, 9));
        assertEquals(List.of("n1:2 at 2020 ms"), arrivals(stage, THREE, 9));
    }

    /** From 1 to 2 there is a connection already; that to 3 takes a round trip, in which the access is idle. */
    @Test
    void aConnectionThatIsBeingSetUpKeepsNothingElseWaiting() {
        Simulation<Haulier> stage = hauliers(new QueuedTopology(links(UNLIMITED, -1, 0), 1e6, UNLIMITED));
        stage.setUpConnections();
        haul(stage, ONE, TWO, 1, 0);
        stage.runUntil(Duration.ofSeconds(1));
        haul(stage, ONE, THREE, 2, CRATE);
        haul(stage, ONE, THREE, 3, 0);
        haul(stage, ONE, TWO, 4, CRATE);
        assertEquals(
                List.of("n1:1 at 60 ms", "n1:4 at 1120 ms"), arrivals(stage, TWO, 2), "it leaves at once, for 100 ms");
        assertEquals(
                List.of("n1:2 at 1220 ms", "n1:3 at 1220 ms"),
                arrivals(stage, THREE, 2),
                "once the connection is there they wait for what is under way, and in their order");
    }

    @Test
    void whatComesToANodeSharesItsDownlink() {
        Simulation<Haulier> stage = hauliers(new QueuedTopology(links(UNLIMITED, -1, 0), UNLIMITED, 1e5));
        haul(stage, ONE, THREE, 1, CRATE);
        haul(stage, TWO, THREE, 2, CRATE);
        assertEquals(List.of("n1:1 at 1020 ms", "n2:2 at 2020 ms"), arrivals(stage, THREE, 9));
    }

    /** It takes 10 s on its way, but the downlink only 0.1 s. */
    @Test
    void whatCreepsOverASlowLinkKeepsNobodyElseWaiting() {
        Simulation<Haulier> stage = hauliers(new QueuedTopology(links(1e6, 0, 1e4), 1e6, 1e6));
        haul(stage, ONE, THREE, 1, CRATE);
        haul(stage, ONE, TWO, 2, CRATE);
        haul(stage, TWO, THREE, 3, CRATE);
        assertEquals(List.of("n2:3 at 120 ms", "n1:1 at 10020 ms"), arrivals(stage, THREE, 12));
        assertEquals(List.of("n1:2 at 10120 ms"), arrivals(stage, TWO, 12), "it left after the other");
    }

    @Test
    void whatIsSmallWaitsBehindWhatIsLargeOnTheSameLink() {
        Simulation<Haulier> stage = hauliers(new QueuedTopology(links(1e5, -1, 0), UNLIMITED, UNLIMITED));
        haul(stage, ONE, TWO, 1, CRATE);
        haul(stage, ONE, TWO, 2, 0);
        haul(stage, ONE, THREE, 3, 0);
        assertEquals(List.of("n1:1 at 1020 ms", "n1:2 at 1020 ms"), arrivals(stage, TWO, 9));
        assertEquals(List.of("n1:3 at 20 ms"), arrivals(stage, THREE, 9));
    }

    @Test
    void aMessageGoesAtTheRateOfTheMomentWhenItBegins() {
        LinkChange halved = new LinkChange.Congestion(Links.all(), 500_000_000L, 90_000_000_000L, 0, 1, 0.5);
        Topology topology =
                new QueuedTopology(new VaryingTopology(links(1e5, -1, 0), List.of(halved)), UNLIMITED, UNLIMITED);
        Simulation<Haulier> stage = hauliers(topology);
        haul(stage, ONE, TWO, 1, CRATE);
        stage.runUntil(Duration.ofSeconds(1));
        haul(stage, ONE, TWO, 2, CRATE);
        assertEquals(List.of("n1:1 at 1020 ms", "n1:2 at 3020 ms"), arrivals(stage, TWO, 9));
    }

    @Test
    void anAccessCarriesSomething() {
        assertThrows(IllegalArgumentException.class, () -> new QueuedTopology(links(1, -1, 0), 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new QueuedTopology(links(1, -1, 0), 1, Double.NaN));
    }

    /** It learns how fast a depot's link is from what comes over it, and from nothing else. */
    @Test
    void aNodeForeseesFromWhichDepotACrateComesSooner() {
        Objective soon = new Objective(
                List.of(new Objective.Term(new TreeMap<>(Map.of("unloaded", -1.0)))), Duration.ofSeconds(2));
        Simulation<Haulier> stage = hauliers(
                new QueuedTopology(links(1e5, 1, 2e4), UNLIMITED, UNLIMITED), ResolverSettings.predicted(soon));
        stage.call(ONE, "meet", List.of(List.of(TWO, THREE)));
        MeasuredLinkDelays known = stage.existing(ONE).delays();
        RandomStream random = RandomStream.of(1, "draws");
        assertEquals(0, known.transferNanos(TWO, ONE, 100_000, random), "nothing has come yet");
        haul(stage, TWO, ONE, 1, CRATE);
        haul(stage, THREE, ONE, 2, CRATE);
        stage.runUntil(Duration.ofSeconds(6));
        assertEquals(5e9, (double) known.transferNanos(TWO, ONE, 100_000, random), 1e6);
        assertEquals(1e9, (double) known.transferNanos(THREE, ONE, 100_000, random), 1e6);
        stage.call(ONE, "order", List.of(3, CRATE));
        List<String> arrivals = new ArrayList<>(arrivals(stage, ONE, 12));
        assertTrue(arrivals.get(2).startsWith("n3:3 "), arrivals::toString);
    }
}
