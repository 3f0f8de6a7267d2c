package dev.foresail.eval.vivaldi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.vivaldi.Vivaldi.Answer;
import dev.foresail.eval.vivaldi.Vivaldi.Peer;
import dev.foresail.eval.vivaldi.Vivaldi.Probe;
import dev.foresail.network.coordinate.CoordinateEstimator;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VivaldiTest {
    private static final NodeId ZERO = NodeId.of(0);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final HeightVector EAST = new HeightVector(30, 0, 5);

    private static EmbeddedNode<Vivaldi> node(Map<String, String> parameters) {
        return EmbeddedNode.of(new VivaldiMachine(), ZERO, parameters).start();
    }

    /** Has probed node 1, whose answer comes after the given time. */
    private static EmbeddedNode<Vivaldi> measuring(EmbeddedNode<Vivaldi> node, long millis, Answer answer) {
        node.call("meet", ONE).advance(Duration.ofSeconds(1));
        assertEquals(List.of(new Sent(ONE, new Probe(Duration.ofSeconds(1).toNanos()))), node.takeSent());
        return node.advance(Duration.ofMillis(millis)).deliver(ONE, answer);
    }

    private static Answer answer(HeightVector place, double error) {
        return new Answer(Duration.ofSeconds(1).toNanos(), place, error, Optional.empty());
    }

    @Test
    void aPeerFurtherAwayThanItLooksPushesByTheShareOfItsWeight() {
        EmbeddedNode<Vivaldi> node = node(Map.of());
        node.with(state -> state.place = new HeightVector(0, 0, 5));
        // 40 ms by the coordinates, 80 measured; both are equally sure, so it moves by 0.25 * 0.5 * 40 = 5 ms, of which
        // 30 in 40 are westwards, and the height takes the rest.
        measuring(node, 80, new Answer(Duration.ofSeconds(1).toNanos(), EAST, 1, Optional.of(TWO)));
        Vivaldi state = node.state();
        assertEquals(-5 * 30.0 / 40, state.place.east(), 1e-9);
        assertEquals(0, state.place.north());
        assertEquals(5 + 5 * 10.0 / 40, state.place.height(), 1e-9);
        assertEquals(0.5 * 0.125 + 1 - 0.125, state.error, 1e-9);
        assertEquals(new Peer(EAST, 80), state.peers.get(ONE));
        assertEquals(List.of(TWO), List.copyOf(state.strangers));
    }

    @Test
    void whoIsSureIsNotMovedByWhoIsNot() {
        EmbeddedNode<Vivaldi> node = node(Map.of());
        node.with(state -> {
            state.place = new HeightVector(0, 0, 5);
            state.error = 0.01;
        });
        measuring(node, 80, answer(EAST, 1));
        assertTrue(node.state().place.east() > -0.1, node.state().place::toString);
    }

    @Test
    void nodesAtOnePlaceGoApartInDirectionsOfTheirOwn() {
        EmbeddedNode<Vivaldi> node = node(Map.of());
        measuring(node, 80, answer(HeightVector.ORIGIN, 1));
        HeightVector there = node.state().place;
        EmbeddedNode<Vivaldi> other =
                EmbeddedNode.of(new VivaldiMachine(), TWO, Map.of()).start();
        measuring(other, 80, answer(HeightVector.ORIGIN, 1));
        assertTrue(there.distanceMillis(other.state().place) > 9, other.state().place::toString);
    }

    @Test
    void probesAreAnsweredAndWhoAsksIsRemembered() {
        EmbeddedNode<Vivaldi> node = node(Map.of());
        node.deliver(ONE, new Probe(7));
        assertEquals(List.of(new Sent(ONE, new Answer(7, HeightVector.ORIGIN, 1, Optional.empty()))), node.takeSent());
        assertEquals(List.of(ONE), List.copyOf(node.state().strangers));
        node.connectionError(ONE);
        assertEquals(List.of(), List.copyOf(node.state().strangers));
    }

    @Test
    void nearPeersStayAndOfTheOthersOneGoesWhenThereAreTooMany() {
        EmbeddedNode<Vivaldi> node = node(Map.of("neighbours", "1"));
        node.with(state -> {
            state.peers.put(TWO, new Peer(EAST, 1));
            state.peers.put(NodeId.of(3), new Peer(EAST, 200));
        });
        node.advance(Duration.ofMillis(90)).deliver(ONE, new Answer(0, EAST, 1, Optional.empty()));
        assertEquals(2, node.state().peers.size());
        assertTrue(node.state().peers.containsKey(TWO));
        assertTrue(Vivaldi.knowsNoMoreThanItMay(node.state(), ZERO));
    }

    @Test
    void errorsOutOfBoundsAreNoticedAndRefused() {
        EmbeddedNode<Vivaldi> node = node(Map.of());
        assertTrue(Vivaldi.hasAnErrorWithinBounds(node.state()));
        node.with(state -> state.error = Double.NaN);
        assertFalse(Vivaldi.hasAnErrorWithinBounds(node.state()));
        assertThrows(IllegalArgumentException.class, () -> answer(EAST, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new HeightVector(Double.POSITIVE_INFINITY, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeightVector(0, 0, 0));
    }

    private static final int NODES = 40;

    private static double medianError(Topology topology, ToDoubleBiFunction<Integer, Integer> millis) {
        List<Double> errors = new ArrayList<>();
        for (int from = 0; from < topology.size(); from++) {
            for (int to = 0; to < from; to++) {
                double right = topology.roundTripNanos(from, to) / 1e6;
                errors.add(Math.abs(millis.applyAsDouble(from, to) - right) / right);
            }
        }
        Collections.sort(errors);
        return errors.get(errors.size() / 2);
    }

    private static double error(Topology topology, List<HeightVector> places) {
        return medianError(topology, (from, to) -> places.get(from).distanceMillis(places.get(to)));
    }

    private static List<HeightVector> played(Topology topology, long seed, Duration time) {
        VivaldiMachine machine = new VivaldiMachine();
        Simulation<Vivaldi> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        ParameterValues.read(machine.parameters(), Map.of()),
                        LongStream.range(0, topology.size())
                                .mapToObj(NodeId::of)
                                .toList(),
                        topology,
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.FIRST), machine));
        VivaldiScenario scenario = new VivaldiScenario();
        scenario.play(simulation, ParameterValues.read(scenario.parameters(), Map.of()));
        simulation.runUntil(time);
        return simulation.nodes().stream()
                .map(node -> ((Vivaldi) simulation.state(node).orElseThrow()).place)
                .toList();
    }

    /**
     * Round trips that have an exact embedding are told within 2 % after half an hour, and sooner where nothing is folded. Why 2 %: among nodes that are equally sure a sample takes away an eighth of what is wrong
     * between the two, so of the first error nothing is left after 1,800 samples, and what was measured has no noise; what the paper has of measured round trips, 11 %, is what
     * does not fit into the plane. Why half an hour: the arrangement of seed 1 is folded at first, and stays so for more than a quarter of an hour, at 13 to 16 %; that of seed 2 is not.
     */
    @Test
    void exactEmbeddingsAreFound() {
        for (long seed = 1; seed <= 2; seed++) {
            KnownEmbedding network = new KnownEmbedding(NODES / 2, seed);
            double error = error(network, played(network, seed, Duration.ofMinutes(seed == 1 ? 30 : 10)));
            assertTrue(error < 0.02, "median relative error: " + error);
        }
    }

    /** The runtime's own estimator uses samples again and again, so with as many it is no worse; here each node has measured others 60 times. */
    @Test
    void theRuntimesEstimatorIsNoWorseWithAsManySamples() {
        int samples = 60;
        KnownEmbedding network = new KnownEmbedding(NODES, 3);
        double published = error(network, played(network, 3, Duration.ofSeconds(samples + 10)));
        RandomStream random = RandomStream.of(3, "whom the estimator measures");
        List<CoordinateEstimator<Integer>> estimators = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            estimators.add(new CoordinateEstimator<>(CoordinateEstimator.USUAL_PEERS, random));
        }
        for (int sample = 0; sample < samples; sample++) {
            for (int node = 0; node < NODES; node++) {
                int peer = (node + 1 + random.nextInt(NODES - 1)) % NODES;
                CoordinateEstimator<Integer> estimator = estimators.get(node);
                estimator.observe(
                        peer,
                        estimators.get(peer).coordinate(),
                        network.roundTripNanos(node, peer),
                        sample * 1_000_000L);
                estimator.improve();
            }
        }
        double ours = medianError(
                network,
                (from, to) -> estimators
                        .get(from)
                        .coordinate()
                        .roundTripMillis(estimators.get(to).coordinate()));
        assertTrue(ours <= published, ours + " against " + published);
    }

    private static int executed(StringWriter out, StringWriter err, String... arguments) {
        return Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(err), new Interruption(), false);
    }

    @Test
    void itIsSimulatedAndCheckedByName() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(
                ExitCode.DONE,
                executed(out, err, "simulate", "vivaldi", "--nodes", "12", "--seed", "3", "--until", "60s"),
                err::toString);
        assertTrue(out.toString().contains("medianRelativeError"), out::toString);
        assertEquals(
                ExitCode.UNKNOWN,
                executed(
                        out,
                        err,
                        "check",
                        "vivaldi",
                        "--search",
                        "consequence",
                        "--max-depth",
                        "8",
                        "--set",
                        "nodes=2"),
                out::toString);
    }

    @Test
    void someNeighbourIsNeeded() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Vivaldi(0, Duration.ofSeconds(1)));
        assertTrue(refused.getMessage().contains("FS500"), refused::getMessage);
    }
}
