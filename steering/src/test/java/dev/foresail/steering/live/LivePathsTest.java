package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.path.CausalPath;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.path.PathFile;
import dev.foresail.predictor.path.PathFileException;
import dev.foresail.predictor.path.PathHop;
import dev.foresail.predictor.path.PathLog;
import dev.foresail.predictor.path.RecordedPaths;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.SimulatedPaths;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.fixture.Courier;
import dev.foresail.steering.fixture.CourierMachine;
import dev.foresail.steering.fixture.Nodes;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path over live nodes, put together from what each of them has told, is the one that the simulator shows. */
final class LivePathsTest {
    private static final DeclaredPath DELIVERY = new DeclaredPath(
            "delivery",
            "call dispatch",
            Optional.of("message Receipt"),
            new DeclaredPath.Bounds(
                    Optional.of(3), Optional.of(4), Optional.empty(), Optional.of(Duration.ofMinutes(5))));

    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private Path part(long node) {
        return directory.resolve("parts/node" + node + ".jsonl");
    }

    private void start(long node, DeclaredPath... declared) {
        nodes.withPaths(List.of(declared), Optional.of(part(node))).start(node, new CourierMachine());
    }

    private static RecordedPaths read(Path file) {
        try (Reader in = Files.newBufferedReader(file)) {
            return PathFile.read(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private RecordedPaths together(long... parts) {
        RecordedPaths all = read(part(parts[0]));
        for (long each : parts) {
            all = all.with(read(part(each)));
        }
        return all;
    }

    /** Each event below the one that it follows from, as a tree without times. */
    private static List<String> shape(CausalPath path) {
        List<String> shape = new ArrayList<>();
        path.roots().forEach(root -> addTo(shape, path, root, ""));
        return shape;
    }

    private static void addTo(List<String> shape, CausalPath path, PathHop hop, String indent) {
        shape.add(indent + hop.node() + " " + hop.event() + " " + hop.from() + " " + hop.outcome() + " " + hop.ends());
        path.effects(hop).forEach(next -> addTo(shape, path, next, indent + " "));
        path.unhandled(hop).forEach(sent -> shape.add(indent + " lost " + sent));
    }

    private static List<String> simulated() {
        Simulation<Courier> stage = new Simulation<>(
                new SimulationSettings<>(
                        new CourierMachine(),
                        List.of(),
                        List.of(id(1), id(2), id(3)),
                        new UniformTopology(3, 10_000_000L),
                        1,
                        1,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(
                        ResolverSettings.policy(ResolverSettings.Kind.FIRST), new CourierMachine(), notice -> {}));
        PathLog log = new PathLog(100);
        SimulatedPaths.follow(stage, List.of(DELIVERY), log);
        stage.nodes().forEach(stage::start);
        stage.call(id(1), "dispatch", List.of(List.of(id(2), id(3))));
        stage.runUntil(Duration.ofSeconds(20));
        return shape(CausalPath.of(log.hops()).get(0));
    }

    @Test
    void aPathOverThreeNodesHasTheShapeOfTheSimulator() {
        for (long node = 1; node <= 3; node++) {
            start(node, DELIVERY);
        }
        nodes.node(1).call("dispatch", List.of(id(2), id(3))).join();
        Nodes.await(
                "the end",
                () -> together(1, 2, 3).paths().stream()
                        .anyMatch(path -> path.end().isPresent() && path.hops().size() == 5));
        RecordedPaths all = together(3, 1, 2);
        CausalPath path = all.paths().get(0);
        assertEquals(simulated(), shape(path));
        assertEquals(List.of(), all.anomalies());
        // Each node of this test counts from its own start, so times say nothing of the order.
        assertEquals(id(1), path.id().node());
    }

    @Test
    void aNodeThatFollowsNoneEndsThePathsThatComeToIt() {
        start(1, DELIVERY);
        nodes.withPaths(List.of(), Optional.empty()).start(2, new CourierMachine());
        nodes.node(1).call("dispatch", List.of(id(2))).join();
        Nodes.await("the first event", () -> read(part(1)).hops().size() == 1);
        CausalPath path = read(part(1)).paths().get(0);
        assertEquals(
                List.of(new PathHop.Sent(0, id(2), "message Parcel")),
                path.unhandled(path.hops().get(0)));
    }

    @Test
    void oneOfSoManyIsFollowedWhereverItGoes() {
        DeclaredPath some =
                new DeclaredPath("delivery", "call dispatch", Optional.empty(), 3, DeclaredPath.Bounds.NONE);
        start(1, some);
        start(2, some);
        for (int parcel = 0; parcel < 7; parcel++) {
            nodes.node(1).call("dispatch", List.of(id(2))).join();
        }
        Nodes.await(
                "three receipts",
                () -> together(1, 2).paths().stream()
                                .filter(path -> path.hops().size() == 3)
                                .count()
                        == 3);
        assertEquals(9, together(1, 2).hops().size());
    }

    @Test
    void aNodeThatStartsAgainGoesOnWithItsFile() {
        start(1, DELIVERY);
        nodes.node(1).call("dispatch", List.of(id(1))).join();
        nodes.node(1).close();
        int before = read(part(1)).hops().size();
        assertTrue(before >= 1, "what the node knows at its end is written");
        start(1, DELIVERY);
        nodes.node(1).call("dispatch", List.of(id(1))).join();
        nodes.node(1).close();
        RecordedPaths both = read(part(1));
        assertEquals(2, both.paths().size());
        assertTrue(both.isWhole());
    }

    @Test
    void aFileOfSomethingElseIsLeftAsItIs() throws IOException {
        Path file = Files.createDirectories(part(1).getParent()).resolve("node1.jsonl");
        Files.writeString(file, "dear diary\n");
        PathFileException refused = assertThrows(PathFileException.class, () -> start(1, DELIVERY));
        assertEquals("FS544", refused.code());
        assertEquals("dear diary\n", Files.readString(file));
    }
}
