package dev.foresail.eval.consensus;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.consensus.Paxos.Proposal;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Paxos} on three or more nodes; the first {@code proposers} of them have a wish each, and nodes may crash and come
 * back. Messages overtake each other; one that is never delivered is a lost one, so that losses need no budget.
 */
public final class PaxosScenario implements ExplorationScenario<Paxos> {
    @Override
    public String name() {
        return "paxos";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                Settings.BUG,
                Settings.SNAPSHOT,
                Settings.NODES,
                new ParameterDescription("proposers", Integer.class, Optional.of("2")),
                new ParameterDescription("rounds", Integer.class, Optional.of("1")),
                new ParameterDescription("crashes", Integer.class, Optional.of("1")),
                new ParameterDescription("network", String.class, Optional.of("unordered")),
                new ParameterDescription("votes", Boolean.class, Optional.of("false")));
    }

    /**
     * {@code snapshot} is {@code initial}, or {@code chosen}: n1 has got its wish with the help of n2, and n1 alone knows.
     * The latter is for three nodes, as with more two would be no majority. {@code bug} is {@code none}, {@code PX-1} or
     * {@code PX-2}. {@code votes} says whether nodes keep their votes, so that the properties of votes are checked too, which are
     * violated earlier than {@code isAgreed}; worlds are more, as they differ in what was once accepted.
     *
     * @throws IllegalArgumentException when there is no such snapshot, bug or network, or a number is out of range
     */
    @Override
    public void describe(SystemModel.Builder<Paxos> model, List<Object> parameterValues) {
        String bug = Settings.oneOf(List.of(Settings.NO_BUG, "PX-1", "PX-2"), "bug", parameterValues.get(0));
        String snapshot = Settings.oneOf(List.of("initial", "chosen"), "snapshot", parameterValues.get(1));
        boolean isChosen = snapshot.equals("chosen");
        int nodes = isChosen
                ? Settings.within(3, 3, "nodes", parameterValues.get(2))
                : Settings.atLeast(3, "nodes", parameterValues.get(2));
        int proposers = Settings.within(0, nodes, "proposers", parameterValues.get(3));
        int rounds = Settings.atLeast(1, "rounds", parameterValues.get(4));
        int crashes = Settings.atLeast(0, "crashes", parameterValues.get(5));
        Map<String, Object> configuration =
                Map.of("bug", bug, "size", nodes, "mostRounds", rounds, "keepsVotes", parameterValues.get(7));
        for (int number = 1; number <= nodes; number++) {
            model.node(NodeId.of(number), configuration);
        }
        for (int number = 1; number <= proposers; number++) {
            model.offer(1, NodeId.of(number), "propose", 10 * number);
        }
        model.network(network((String) parameterValues.get(6)));
        model.failures(Failures.NONE.withCrashes(crashes).withRestarts().withoutRefusals());
        if (isChosen) {
            chosen(model, nodes);
        }
    }

    private static Network network(String name) {
        return switch (name) {
            case "ordered" -> Network.ORDERED;
            case "unordered" -> Network.UNORDERED;
            case "duplicating" -> Network.DUPLICATING;
            default ->
                throw new IllegalArgumentException(
                        "the networks are ordered, unordered and duplicating, not '" + name + "'");
        };
    }

    private static void chosen(SystemModel.Builder<Paxos> model, int nodes) {
        NodeId one = NodeId.of(1);
        NodeId two = NodeId.of(2);
        Proposal accepted = new Proposal(nodes + 1, 10);
        Paxos proposer = acceptor(model, one, accepted);
        proposer.wish = accepted.value();
        proposer.roundsBegun = 1;
        proposer.round = accepted.round();
        proposer.proposal = Optional.of(accepted);
        proposer.promisers.addAll(List.of(one, two));
        proposer.accepters.addAll(List.of(one, two));
        proposer.chosen.add(accepted.value());
        model.initially(world -> world.state(one, proposer).state(two, acceptor(model, two, accepted)));
    }

    private static Paxos acceptor(SystemModel.Builder<Paxos> model, NodeId node, Proposal accepted) {
        Paxos acceptor = model.create(node);
        acceptor.promised = accepted.round();
        acceptor.accepted = Optional.of(accepted);
        if (acceptor.keepsVotes) {
            acceptor.votes.add(accepted);
        }
        return acceptor;
    }
}
