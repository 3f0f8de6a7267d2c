package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.routing.OverlaySearch;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@link Pastry} for {@code foresail check}: node 0 begins the ring and the others join over it, or all are in it already. */
public final class PastryExploration implements ExplorationScenario<Pastry> {
    @Override
    public String name() {
        return "pastry";
    }

    @Override
    public List<ParameterDescription> parameters() {
        List<ParameterDescription> parameters = new ArrayList<>(List.of(
                Settings.SNAPSHOT,
                OverlaySearch.NODES,
                OverlaySearch.number("leavesPerSide", 1),
                new ParameterDescription("hashedIds", Boolean.class, Optional.of("true"))));
        parameters.addAll(OverlaySearch.FAILURES);
        return parameters;
    }

    /**
     * {@code snapshot} is {@code initial} or {@code ring}. Nodes that crash may start again, and each may join as often as it can have lost what it knew.
     *
     * @throws IllegalArgumentException when there is no such snapshot, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<Pastry> model, List<Object> values) {
        describe(model, values, pastry -> pastry, List.of());
    }

    /**
     * The same of nodes that have layers above Pastry.
     *
     * @param values of {@link #parameters}
     * @param pastryOf where a node's state has it
     * @param timersAbove those of the layers above that are armed in a ring that is there already
     * @return how often each node may join
     * @throws IllegalArgumentException when there is no such snapshot, or a number is out of range
     */
    public static <S> int describe(
            SystemModel.Builder<S> model, List<Object> values, Function<S, Pastry> pastryOf, List<String> timersAbove) {
        Map<String, Object> parameters = Map.of(
                "leavesPerSide", Settings.atLeast(1, "leavesPerSide", values.get(2)), "hashedIds", values.get(3));
        return describe(
                model,
                values,
                parameters,
                timersAbove,
                (state, self, others) -> settle(pastryOf.apply(state), self, others));
    }

    /** Puts a node into a ring that is there already. */
    @FunctionalInterface
    public interface Settling<S> {
        void settle(S state, Peer self, List<Peer> others);
    }

    /**
     * The same of an overlay like Pastry, whose nodes {@code join} over one they know.
     *
     * @param values of {@link #parameters}
     * @param parameters of the overlay
     * @param timers that are armed in a ring that is there already besides {@code exchange}, {@code maintain} and {@code join}
     * @return how often each node may join
     * @throws IllegalArgumentException when there is no such snapshot, or a number is out of range
     */
    public static <S> int describe(
            SystemModel.Builder<S> model,
            List<Object> values,
            Map<String, Object> parameters,
            List<String> timers,
            Settling<S> settling) {
        boolean isThere = OverlaySearch.isThere(values.get(0));
        List<NodeId> nodes = OverlaySearch.nodes(values.get(1));
        nodes.forEach(node -> model.node(node, parameters));
        int joins = OverlaySearch.fail(model, values.subList(4, 7));
        OverlaySearch.comeAndGo(model, nodes, joins, 0);
        if (isThere) {
            List<Peer> peers = nodes.stream()
                    .map(node -> Peer.of(node, (Boolean) values.get(3)))
                    .toList();
            model.initially(world -> peers.forEach(self -> {
                S state = model.create(self.address());
                List<Peer> others =
                        peers.stream().filter(peer -> !peer.equals(self)).toList();
                settling.settle(state, self, others);
                List<String> armed = new ArrayList<>(timers);
                armed.addAll(List.of("exchange", "maintain", "join"));
                world.state(self.address(), state, armed.toArray(String[]::new));
            }));
        }
        return joins;
    }

    private static void settle(Pastry node, Peer self, List<Peer> others) {
        node.become(self);
        if (self.address().value() != 0) {
            node.contacts.add(NodeId.of(0));
        }
        node.phase = Pastry.Phase.JOINED;
        for (Peer peer : others) {
            node.leaves = node.leaves.with(peer);
            node.table = node.table.with(peer, 0);
        }
    }
}
