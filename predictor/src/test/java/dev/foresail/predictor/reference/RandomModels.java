package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.AutomatonMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.Latencies;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Small models drawn at random, for tests that compare engines. Everything that a model can say is drawn now and then;
 * most have fewer than 20,000 worlds, and all are finite.
 */
public final class RandomModels {
    private static final int MOST_OPERATIONS = 3;

    private RandomModels() {}

    public static SystemModel<Automaton> draw(Choices choices) {
        int nodes = 2 + choices.below(2);
        Network network = choices.oneOf(List.of(Network.ORDERED, Network.UNORDERED, Network.DUPLICATING));
        SystemModel.Builder<Automaton> model = described(choices, nodes, network, choices.below(2) == 1, 0);
        addAnswers(model, nodes, choices);
        return model.build();
    }

    /** A node that the model does not have is sent something now and then, and may answer. */
    private static void addAnswers(SystemModel.Builder<Automaton> model, int nodes, Choices choices) {
        if (choices.below(3) > 0) {
            return;
        }
        NodeId asker = NodeId.of(9);
        NodeId answerer = NodeId.of(8);
        List<Answers.Seen> seen = new ArrayList<>();
        for (Class<?> question : List.of(Automaton.Ping.class, Automaton.Pong.class, Automaton.Later.class)) {
            for (int left = choices.below(3); left > 0; left--) {
                Record answer = left == 1
                        ? new Automaton.Ping(choices.below(2))
                        : new Automaton.Pong(choices.below(2), new TreeSet<>(List.of(asker, answerer, NodeId.of(1))));
                seen.add(Answers.Seen.of(model.machine(), question, asker, answerer, answer));
            }
        }
        model.answers(new Answers(new TreeSet<>(List.of(NodeId.of(0), NodeId.of(nodes + 1L))), seen))
                .failures(model.build().failures().withAnswers(choices.oneOf(List.of(0, 1, 2, Failures.UNLIMITED))));
    }

    /** Models of one system, each with one more way to begin and at a later time. */
    public static List<SystemModel<Automaton>> drawSuccession(Choices choices, int count) {
        int nodes = 2 + choices.below(2);
        Network network = choices.oneOf(List.of(Network.ORDERED, Network.UNORDERED));
        SystemModel.Builder<Automaton> model = described(choices, nodes, network, false, 0);
        List<SystemModel<Automaton>> models = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (models.isEmpty() || choices.below(3) > 0) {
                model.initially(world -> describe(world, model, nodes, choices));
            }
            models.add(model.nowNanos(number * 1_000_000L).build());
        }
        return models;
    }

    /** A model with bounds on time, of the order of the delays of its timers; it may have very many worlds. */
    public static SystemModel<Automaton> drawTimed(Choices choices) {
        List<Long> slacks = List.of(0L, 400_000_000L, 2_000_000_000L);
        long shortest = choices.oneOf(List.of(0L, 300_000_000L, 1_000_000_000L, 2_500_000_000L));
        long longest = shortest + choices.oneOf(List.of(0L, 700_000_000L, 3_000_000_000L));
        long elsewhere = choices.below(5) * 900_000_000L;
        Latencies latencies = Latencies.between(shortest, longest)
                .withLink(NodeId.of(1), NodeId.of(2), elsewhere, elsewhere + shortest)
                .withTimerSlack(choices.oneOf(slacks))
                .withUnit(choices.oneOf(List.of(1_000_000_000L, 500_000_000L, 100_000_000L)));
        return deliveringOnce(choices, choices.below(12)).timed(latencies).build();
    }

    /**
     * A model that can be given bounds on time.
     *
     * @param moreSends how many messages each node may send besides those of other models
     */
    public static SystemModel.Builder<Automaton> deliveringOnce(Choices choices, int moreSends) {
        int nodes = 2 + choices.below(2);
        Network network = choices.oneOf(List.of(Network.ORDERED, Network.UNORDERED));
        return described(choices, nodes, network, false, moreSends);
    }

    private static SystemModel.Builder<Automaton> described(
            Choices choices, int nodes, Network network, boolean pending, int moreSends) {
        SystemModel.Builder<Automaton> model =
                SystemModel.of(new AutomatonMachine()).network(network).failures(failures(choices, network));
        addNodes(model, nodes, choices, network == Network.DUPLICATING && !pending, moreSends);
        if (pending) {
            model.unhandledStaysPending();
        }
        if (choices.below(8) == 1) {
            model.incomplete();
        }
        addOffers(model, nodes, choices);
        for (int left = choices.below(3); left > 0; left--) {
            model.initially(world -> describe(world, model, nodes, choices));
        }
        if (choices.below(4) == 1) {
            int most = 1 + choices.below(2 * nodes);
            model.constraint(system -> system.nodes().stream()
                            .mapToInt(node -> system.state(node).phase())
                            .sum()
                    <= most);
        }
        if (choices.below(3) == 1) {
            int unlucky = choices.below(Heard.MODULUS + 1);
            model.history(new Heard(), Map.of("luck", heard -> heard != unlucky));
        }
        return model;
    }

    private static void addNodes(
            SystemModel.Builder<Automaton> model, int nodes, Choices choices, boolean deferralHasNoEnd, int moreSends) {
        String operations = Automaton.OPERATIONS;
        // A message that is delivered again and again would be deferred again and again.
        String table = table(choices, deferralHasNoEnd ? operations.replace("l", "") : operations);
        int mostSends = 1 + moreSends + choices.below(nodes == 2 ? 3 : 2);
        int forbidden = choices.below(12);
        for (int number = 1; number <= nodes; number++) {
            model.node(
                    NodeId.of(number),
                    Map.of("table", table, "nodes", nodes, "mostSends", mostSends, "forbidden", forbidden));
        }
    }

    private static String table(Choices choices, String operations) {
        StringBuilder table = new StringBuilder();
        for (int cells = Automaton.Row.values().length * Automaton.PHASES; cells > 0; cells--) {
            table.append(cell(choices, operations));
        }
        return table.toString();
    }

    private static String cell(Choices choices, String operations) {
        int count = choices.below(MOST_OPERATIONS + 2);
        if (count > MOST_OPERATIONS) {
            return "-" + ".".repeat(Automaton.WIDTH - 1);
        }
        StringBuilder cell = new StringBuilder();
        for (int operation = 0; operation < count; operation++) {
            int drawn = choices.below(operations.length() * 4);
            // Throwing is rare, or there would be nothing but throwing.
            cell.append(drawn == 0 ? '!' : operations.charAt(drawn % (operations.length() - 1)));
            cell.append((char) ('0' + choices.below(10)));
        }
        return cell + ".".repeat(Automaton.WIDTH - cell.length());
    }

    private static Failures failures(Choices choices, Network network) {
        Failures failures = Failures.NONE;
        if (choices.below(3) == 1) {
            failures = failures.withCrashes(1 + choices.below(2), drawnNodes(choices));
            failures = choices.below(2) == 1 ? failures.withRestarts() : failures;
            failures = choices.below(3) == 1 ? failures.withoutDurableState() : failures;
            failures = choices.below(2) == 1 ? failures.withMostDown(1) : failures;
            failures = choices.below(3) == 1 ? failures.withoutRefusals() : failures;
        }
        if (choices.below(4) == 1) {
            failures = failures.withSilentResets(1, drawnNodes(choices));
        }
        if (choices.below(3) == 1) {
            int count = choices.below(3) == 1 ? Failures.UNLIMITED : 1;
            failures = network == Network.ORDERED ? failures.withBreaks(count) : failures.withLosses(count);
        }
        return failures;
    }

    /** None, which is all, or one. */
    private static NodeId[] drawnNodes(Choices choices) {
        return choices.below(2) == 0 ? new NodeId[0] : new NodeId[] {NodeId.of(1 + choices.below(2))};
    }

    private static void addOffers(SystemModel.Builder<Automaton> model, int nodes, Choices choices) {
        for (int left = choices.below(4); left > 0; left--) {
            NodeId node = NodeId.of(1 + choices.below(nodes));
            int times = choices.below(3) == 0 ? Failures.UNLIMITED : 1 + choices.below(2);
            if (choices.below(2) == 0) {
                model.offer(times, node, "poke", choices.below(3));
            } else {
                model.offer(times, node, "nudge");
            }
        }
    }

    private static void describe(
            InitialWorld<Automaton> world, SystemModel.Builder<Automaton> model, int nodes, Choices choices) {
        for (int number = 1; number <= nodes; number++) {
            if (choices.below(3) == 1) {
                NodeId node = NodeId.of(number);
                Automaton state = model.create(node)
                        .inPhase(choices.below(Automaton.PHASES), NodeId.of(1 + choices.below(nodes)));
                List<Event.Delivery> deferred = choices.below(3) == 1
                        ? List.of(new Event.Delivery(NodeId.of(1), new Automaton.Later(choices.below(2))))
                        : List.of();
                world.image(
                        node,
                        new InitialWorld.NodeImage<>(
                                state, choices.below(2) == 1 ? List.of("first") : List.of(), deferred));
            }
        }
        for (int left = choices.below(3); left > 0; left--) {
            // Of them, or of a stranger, who may have a smaller or a larger number.
            int sender = choices.below(nodes + 2);
            world.inFlight(
                    NodeId.of(sender == nodes ? 0 : sender + 1),
                    NodeId.of(1 + choices.below(nodes)),
                    new Automaton.Ping(choices.below(2)));
        }
        for (int left = choices.below(6) - 3; left > 0; left--) {
            // Enabled or not.
            NodeId node = NodeId.of(1 + choices.below(nodes));
            if (choices.below(2) == 0) {
                world.call(node, "poke", choices.below(3));
            } else {
                world.call(node, "nudge");
            }
        }
        if (choices.below(4) == 1) {
            world.broken(NodeId.of(1), NodeId.of(2));
        }
    }

    /** How many deliveries there were, and messages were sent, modulo. */
    private static final class Heard implements History<Integer> {
        static final int MODULUS = 3;

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer after(Integer history, Action action, List<Step.Send> sends) {
            boolean delivery = action instanceof Action.Handle handle && handle.event() instanceof Event.Delivery;
            return (history + (delivery ? 1 : 0) + sends.size()) % MODULUS;
        }

        @Override
        public void write(Integer history, StateWriter out) {
            out.writeInt(history);
        }
    }
}
