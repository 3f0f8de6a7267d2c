package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.emulation.EmulatedNetwork;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Starts the nodes of a {@link LiveStage}. On the stage's thread. */
// Nodes report their failures themselves.
@SuppressWarnings("FutureReturnValueIgnored")
final class LiveBoot<S> {
    /** A paused node says nothing for as long as a scenario likes, and nobody is to notice. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final LiveStageSettings<S> settings;
    private final Watched<S> watched;
    private final LoopbackAddresses addresses;
    private final EmulatedNetwork network;
    private final PredictionPool pool;
    private final LiveTotals totals;

    LiveBoot(
            LiveStageSettings<S> settings,
            Watched<S> watched,
            LoopbackAddresses addresses,
            EmulatedNetwork network,
            PredictionPool pool,
            LiveTotals totals) {
        this.settings = settings;
        this.watched = watched;
        this.addresses = addresses;
        this.network = network;
        this.pool = pool;
        this.totals = totals;
    }

    /** What is different in each node's configuration, and who sees what the nodes do. */
    record Watched<S>(UnaryOperator<NodeConfiguration> configured, LiveObserver<S> observer) {}

    /** As if the node never had run. */
    ForesailNode anew(NodeId id, long incarnation) {
        return boot(id, settings.machine().create(settings.parameters()), new TreeMap<>(), incarnation, false);
    }

    /** With what is durable of the state that it has ended with, and the stable facts that it knew. */
    ForesailNode again(NodeId id, ForesailNode ended, long incarnation) {
        Machine<S> machine = settings.machine();
        SortedMap<NodeId, S> facts = new TreeMap<>();
        ended.lastFacts()
                .forEach((node, image) -> facts.put(node, machine.stateType().cast(image)));
        S state = machine.restarted(machine.stateType().cast(ended.lastState()));
        return boot(id, state, facts, incarnation, true);
    }

    private ForesailNode boot(NodeId id, S state, SortedMap<NodeId, S> facts, long incarnation, boolean restart) {
        network.started(id);
        LiveParts<S> parts = new LiveParts<>(
                watched.configured().apply(configuration(id)),
                settings.machine(),
                state,
                settings.machine().create(settings.parameters()),
                facts,
                incarnation,
                restart,
                Optional.empty(),
                surroundings(id),
                watched.observer());
        ForesailNode node;
        try {
            node = ForesailNode.start(parts);
        } catch (NodeException portHeld) {
            addresses.letGo(id);
            node = ForesailNode.start(parts);
        }
        node.failure().thenAccept(failure -> totals.failed(id + " " + failure));
        return node;
    }

    private NodeConfiguration configuration(NodeId id) {
        InetSocketAddress listen = addresses.addressOf(id).orElseThrow();
        return NodeConfiguration.of(settings.machine().protocol(), id, listen)
                .parameters(parameterTexts())
                .resolver(settings.resolver())
                .node(settings.node())
                .steering(SteeringSettings.of(settings.steering()))
                .predictionThreads(settings.predictionThreads())
                .build();
    }

    private SortedMap<String, String> parameterTexts() {
        SortedMap<String, String> texts = new TreeMap<>();
        List<ParameterDescription> parameters = settings.machine().parameters();
        for (int index = 0; index < parameters.size(); index++) {
            texts.put(
                    parameters.get(index).name(),
                    ParameterValues.text(settings.parameters().get(index)));
        }
        return texts;
    }

    private LiveSurroundings surroundings(NodeId id) {
        return new LiveSurroundings(
                RealClock::nanos,
                RealClock::epochMillis,
                addresses,
                network.linksOf(id),
                TransportSettings.DEFAULT.withTimeouts(PATIENCE),
                Optional.of(pool),
                // An emulated network has each node at a place of its own.
                LiveSurroundings.knowledgeOf(id, settings.seed()),
                settings.seed(),
                settings.lookAheadSeed());
    }
}
