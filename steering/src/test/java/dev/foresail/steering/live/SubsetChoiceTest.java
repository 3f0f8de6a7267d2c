package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.config.SimulationConfiguration;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Fetch;
import dev.foresail.steering.fixture.FetchMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.provider.ConfiguredProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One protocol that chooses several nodes: explored, simulated and live, with an operator's wish and without. */
final class SubsetChoiceTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final String FIGURES = """
            protocol: fetch
            resolver: first
            figures:
              2: {cost: 9, isp: north, worth: 50}
              3: {cost: 2, isp: north, worth: 40}
              4: {cost: 3, isp: north, worth: 30}
              5: {cost: 4, isp: south, worth: 20}
              6: {cost: 1, isp: south, worth: 10}
            choices:
              senders: "%s"
            """;
    private static final String CHEAP = "choose 3: maximize sum(worth) subject to sum(cost) <= 9, at most 2 per isp";

    private final FetchMachine machine = new FetchMachine();

    private static ResolverSettings read(String wish) {
        return new ConfigurationReader(Protocols.of(SubsetChoiceTest.class.getClassLoader()))
                .readSimulation("node.yaml", FIGURES.formatted(wish), Optional.empty())
                .resolver();
    }

    private static List<NodeId> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(NodeId::of).toList();
    }

    private Simulation<Fetch> simulation(ResolverSettings resolver, List<String> notices) {
        Simulation<Fetch> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(),
                        ids(1, 6),
                        new UniformTopology(6, 5_000_000),
                        1,
                        2,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(resolver, machine, notices::add));
        ids(1, 6).forEach(simulation::start);
        return simulation;
    }

    private SortedSet<NodeId> chosen(Simulation<Fetch> simulation, int count) {
        simulation.call(ONE, "fetch", List.of(ids(2, 6), count));
        simulation.runUntil(simulation.now().plusSeconds(1));
        return ((Fetch) simulation.state(ONE).orElseThrow()).senders();
    }

    @Test
    void aSimulatedNodeChoosesAsItsOperatorWishes() {
        List<String> notices = new ArrayList<>();
        Simulation<Fetch> simulation = simulation(read(CHEAP), notices);
        assertEquals("[n3, n4, n5]", chosen(simulation, 3).toString());
        assertEquals(1, ((Fetch) simulation.state(NodeId.of(4)).orElseThrow()).asked());
        assertEquals("[n3, n4]", chosen(simulation, 2).toString(), "as many as the protocol asks for");
        assertEquals(List.of(), notices);
    }

    @Test
    void aLiveNodeChoosesAsItsOperatorWishes() {
        try (Nodes nodes = new Nodes().with(read(CHEAP))) {
            ids(1, 6).forEach(id -> nodes.start(id.value(), machine));
            nodes.node(1).call("fetch", ids(2, 6), 3).join();
            Fetch state = (Fetch) nodes.node(1).snapshotState().join();
            assertEquals("[n3, n4, n5]", state.senders().toString());
            Nodes.await(
                    "n4 is asked", () -> ((Fetch) nodes.node(4).snapshotState().join()).asked() == 1);
        }
    }

    @Test
    void whatAProviderTellsCountsInSimulationsAndLive(@TempDir Path folder) throws Exception {
        Path tolls = folder.resolve("tolls.csv");
        Files.writeString(tolls, "from,to,toll\n1,2,9\n1,3,1\n1,4,7\n1,5,2\n1,6,8\n");
        String text = """
                protocol: fetch
                resolver: first
                providers: [{table: %s, figures: [toll]}]
                choices:
                  senders: "choose 2: minimize sum(toll)"
                """.formatted(tolls);
        SimulationConfiguration read = new ConfigurationReader(Protocols.of(SubsetChoiceTest.class.getClassLoader()))
                .readSimulation("node.yaml", text, Optional.empty());
        ConfiguredProviders providers = ConfiguredProviders.readOnce(read.providers(), read.addresses());
        providers.readAll(0);
        Simulation<Fetch> simulation = simulation(read.resolver(), new ArrayList<>());
        simulation.consult(providers.providers());
        assertEquals("[n3, n5]", chosen(simulation, 2).toString());
        try (Nodes nodes = new Nodes().with(read.resolver()).withProviders(read.providers())) {
            ids(1, 6).forEach(id -> nodes.start(id.value(), machine));
            nodes.node(1).call("fetch", ids(2, 6), 2).join();
            assertEquals(
                    "[n3, n5]",
                    ((Fetch) nodes.node(1).snapshotState().join()).senders().toString());
        }
        Files.delete(tolls);
        try (Nodes nodes = new Nodes().with(read.resolver()).withProviders(read.providers())) {
            NodeException unreadable = assertThrows(NodeException.class, () -> nodes.start(1, machine));
            assertTrue(
                    unreadable.getMessage().startsWith("[FS451] " + tolls + ": cannot be read"),
                    unreadable::getMessage);
        }
    }

    @Test
    void whatCannotBeMetIsSaidOnceWithTheLeastThatHasToGiveWayAndTheProtocolGoesOn() {
        List<String> notices = new ArrayList<>();
        Simulation<Fetch> simulation =
                simulation(read("choose 3: maximize sum(worth) subject to sum(cost) <= 5"), notices);
        assertEquals("[n2, n3, n4]", chosen(simulation, 3).toString(), "the first three");
        assertEquals("[n2, n3, n4]", chosen(simulation, 3).toString());
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.get(0).startsWith("[FS381] n1: 'senders', 3 of 5: "), notices::toString);
        assertTrue(notices.get(0).contains("'sum(cost) <= 5' by 1.0"), notices::toString);
    }

    @Test
    void aWishForAnotherNameIsSaidWithTheNearestOne() {
        ResolverSettings misnamed = new ConfigurationReader(Protocols.of(SubsetChoiceTest.class.getClassLoader()))
                .readSimulation(
                        "node.yaml",
                        "protocol: fetch\nresolver: first\nchoices: {sender: 'choose 2: minimize sum(rtt)'}\n",
                        Optional.empty())
                .resolver();
        List<String> notices = new ArrayList<>();
        chosen(simulation(misnamed, notices), 2);
        assertEquals(
                List.of("[FS382] n1: no wish of 'choices' is for 'senders'; did you mean 'sender'? (known: sender)"),
                notices);
    }

    @Test
    void withoutAWishEverySubsetIsDrawnSoonerOrLater() {
        Simulation<Fetch> simulation =
                simulation(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), new ArrayList<>());
        List<String> seen = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            seen.add(chosen(simulation, 2).toString());
        }
        assertEquals(10, seen.stream().distinct().count());
    }

    @Test
    void aMistakeInAWishHasFileLineAndColumn() {
        ConfigurationException mistake =
                assertThrows(ConfigurationException.class, () -> read("choose 3: maximize sum(wort)"));
        assertTrue(
                mistake.getMessage()
                        .contains("node.yaml:10:36: [FS371] choices.senders: 'wort' where a figure was expected;"
                                + " did you mean 'worth'?"),
                mistake::getMessage);
    }

    private SearchReport explored(int candidates, int count) {
        SystemModel<Fetch> model = SystemModel.of(machine)
                .nodes(1)
                .offer(1, ONE, "fetch", ids(2, candidates + 1), count)
                .build();
        return new Explorer<>(model, SearchResources.of(Runnable::run)).search(SearchSettings.DEFAULT);
    }

    @Test
    void anExplorationTriesEverySubsetOnceAndSaysWhereThereAreTooMany() {
        assertEquals(1 + 10, explored(5, 2).distinctWorlds());
        SearchReport tooMany = explored(40, 20);
        assertTrue(tooMany.violations().get(0).detail().contains("FS380"), tooMany::toString);
    }
}
