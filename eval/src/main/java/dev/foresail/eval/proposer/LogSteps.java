package dev.foresail.eval.proposer;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;

/**
 * What all forms do alike: phase 2 of Paxos for every slot, execution in the order of the slots, and what must hold. A slot
 * has one proposer only, so that no value needs a phase 1 before it (Mencius calls this coordinated Paxos). Pure functions of the state.
 */
final class LogSteps {
    /** So many executed slots are remembered, to see whether replicas agree. */
    private static final int REMEMBERED = 8;

    /** Who has accepted is one bit of an {@code int} for each replica, from 1 on. */
    private static final int MOST_REPLICAS = 31;

    private LogSteps() {}

    /**
     * The number of replicas, as it is.
     *
     * @throws IllegalArgumentException when it is not 1 to 31
     */
    static int checkedReplicas(int replicas) {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("there are 1 to " + MOST_REPLICAS + " replicas, not " + replicas);
        }
        return replicas;
    }

    /** A client wants something: the replica's next command. */
    static Command asked(LogState state, long operation, Node node) {
        Command command = new Command(node.self(), state.countAsked(), operation);
        state.waiting().put(command.number(), node.nowNanos());
        return command;
    }

    static void propose(LogState state, long slot, Command command, long free, Node node) {
        state.log().put(slot, new Entry(command, false));
        state.accepters().put(slot, bit(node.self()));
        tellOthers(state, new Accept(slot, command, free), node);
    }

    static void accept(LogState state, Accept accept) {
        if (accept.slot() >= state.executed()) {
            state.log().putIfAbsent(accept.slot(), new Entry(accept.command(), false));
        }
    }

    /** Once a majority has, everybody is told. */
    static void accepted(LogState state, long slot, NodeId by, long free, Node node) {
        Integer before = state.accepters().get(slot);
        if (before == null) {
            return;
        }
        int accepters = before | bit(by);
        state.accepters().put(slot, accepters);
        if (2 * Integer.bitCount(accepters) > state.replicas()) {
            state.accepters().remove(slot);
            tellOthers(state, new Chosen(slot, free), node);
            chosen(state, slot, node);
        }
    }

    static void chosen(LogState state, long slot, Node node) {
        state.log().computeIfPresent(slot, (number, entry) -> entry.nowChosen());
        execute(state, node);
    }

    /** Executes what it is the turn of. */
    static void execute(LogState state, Node node) {
        while (isDecided(state, state.executed())) {
            Entry entry = state.log().get(state.executed());
            if (entry != null && entry.command().origin().equals(node.self())) {
                answer(state, entry.command().number(), node);
            }
            state.executedBelow(state.executed() + 1);
            state.log().headMap(state.executed() - REMEMBERED).clear();
        }
    }

    private static boolean isDecided(LogState state, long slot) {
        Entry entry = state.log().get(slot);
        return entry == null ? state.isSkipped(slot) : entry.chosen();
    }

    /** A clock that seems to have gone back is another one: that of a roll-out, which knows nothing of when the command came. */
    private static void answer(LogState state, long number, Node node) {
        Long askedAtNanos = state.waiting().remove(number);
        if (askedAtNanos != null && node.nowNanos() >= askedAtNanos) {
            state.answered(node.nowNanos() - askedAtNanos);
        }
    }

    private static void tellOthers(LogState state, Record message, Node node) {
        for (int id = 1; id <= state.replicas(); id++) {
            if (node.self().value() != id) {
                node.send(NodeId.of(id), message);
            }
        }
    }

    private static int bit(NodeId replica) {
        return 1 << (int) replica.value();
    }

    /** How many commands clients of all replicas wait for. */
    static double waiting(SystemView<? extends LogState> view) {
        return view.nodes().stream()
                .mapToInt(id -> view.state(id).waiting().size())
                .sum();
    }

    /** Safety: no two replicas know different commands of one slot to be chosen. */
    static boolean isAgreed(SystemView<? extends LogState> view) {
        for (NodeId one : view.nodes()) {
            for (NodeId other : view.nodes()) {
                if (one.compareTo(other) < 0 && !agree(view.state(one), view.state(other))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean agree(LogState one, LogState other) {
        return one.log().entrySet().stream().allMatch(known -> {
            Entry there = other.log().get(known.getKey());
            return there == null
                    || !there.chosen()
                    || !known.getValue().chosen()
                    || there.command().equals(known.getValue().command());
        });
    }

    /** Safety: what one replica has executed as skipped, no other has in its log as chosen. */
    static boolean isNothingChosenSkipped(SystemView<? extends LogState> view) {
        return view.nodes().stream()
                .map(view::state)
                .allMatch(one -> view.nodes().stream()
                        .map(view::state)
                        .allMatch(other -> other.log().entrySet().stream()
                                .filter(entry -> entry.getValue().chosen())
                                .allMatch(entry -> entry.getKey() < one.executed() - REMEMBERED
                                        || entry.getKey() >= one.executed()
                                        || one.log().containsKey(entry.getKey()))));
    }
}
