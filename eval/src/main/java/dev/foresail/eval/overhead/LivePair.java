package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.transport.LinkConditions;
import java.util.List;
import java.util.Map;

/** Two live nodes that play {@link Rally}. */
final class LivePair implements Contestant {
    static final NodeId FIRST = NodeId.of(1);
    static final NodeId SECOND = NodeId.of(2);

    private final LiveNodes<Rally> nodes;

    /** @param conditionsOfFirst what the links of the first node are put through */
    LivePair(SteeringMode mode, Map<String, String> parameters, LinkConditions conditionsOfFirst) {
        nodes = new LiveNodes<>(
                new LiveNodes.Setting<>(
                        new RallyMachine(), parameters, ResolverSettings.policy(ResolverSettings.Kind.FIRST), mode, 1),
                List.of(FIRST, SECOND));
        nodes.start(FIRST, conditionsOfFirst);
        nodes.start(SECOND, LinkConditions.NONE);
    }

    ForesailNode node(NodeId id) {
        return nodes.node(id);
    }

    Rally state(NodeId id) {
        return nodes.state(id);
    }

    @Override
    public void begin() {
        node(FIRST).call("play", SECOND).join();
        node(SECOND).call("play", FIRST).join();
    }

    @Override
    public void pause() {
        node(FIRST).call("pause").join();
        node(SECOND).call("pause").join();
    }

    @Override
    public long messages() {
        return node(FIRST).statistics().messagesSent()
                + node(SECOND).statistics().messagesSent();
    }

    @Override
    public void close() {
        nodes.close();
    }
}
