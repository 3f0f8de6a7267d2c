package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;
import dev.foresail.eval.proposer.LogMessages.Executed;
import dev.foresail.eval.proposer.LogMessages.Promised;
import dev.foresail.eval.proposer.LogMessages.Told;
import dev.foresail.eval.proposer.Replica.Waiting;
import dev.foresail.network.random.Hashing;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.simulate.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of every command in a run, as somebody knows who saw every message and every event. Only ever added to, unlike the replicas' logs, which
 * forget what was executed. To be attached before the first event; not thread-safe.
 */
final class CommandHistory {
    private final Simulation<? extends Replica> simulation;
    private final int replicas;
    /** By slot and ballot. */
    private final SortedMap<List<Long>, Command> proposed = new TreeMap<>(CommandHistory::compare);

    private final SortedMap<List<Long>, SortedSet<NodeId>> accepters = new TreeMap<>(CommandHistory::compare);
    /** By slot, what a majority has accepted in one ballot. */
    private final SortedMap<Long, Command> chosen = new TreeMap<>();
    /** Slot by slot, what the first replica to get there has executed. */
    private final List<Command> executed = new ArrayList<>();
    /** After so many slots, of all commands in them, each at its first slot only. */
    private final List<Long> checksums = new ArrayList<>(List.of(0L));

    private final SortedMap<String, Long> firstSlots = new TreeMap<>();
    private final SortedMap<NodeId, Seen> before = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private long healedNanos;
    /** By operation. */
    private final SortedMap<Long, Asked> asked = new TreeMap<>();
    /** By operation, as which command it was executed. */
    private final SortedMap<Long, Command> commands = new TreeMap<>();

    private long longestNanos;

    /** What a client wanted. */
    private record Asked(NodeId replica, long atNanos) {}

    /** A replica after an event. */
    private record Seen(Executed executed, SortedMap<Long, Waiting> waiting, SortedMap<Long, Entry> log) {}

    CommandHistory(Simulation<? extends Replica> simulation, int replicas) {
        this.simulation = simulation;
        this.replicas = replicas;
        simulation.onSent((from, to, envelope) -> {
            if (envelope instanceof Envelope.Payload payload) {
                sent(from, payload.message());
            }
            return () -> {};
        });
    }

    private static int compare(List<Long> one, List<Long> other) {
        int bySlot = one.get(0).compareTo(other.get(0));
        return bySlot != 0 ? bySlot : one.get(1).compareTo(other.get(1));
    }

    /** What broke a rule, in the order in which it did. */
    List<String> mistakes() {
        return mistakes;
    }

    /** The operations that a replica was asked for which is up now, and that no replica has executed, whatever replicas remember of them. */
    List<Long> lost() {
        return asked.entrySet().stream()
                .filter(operation -> simulation.isUp(operation.getValue().replica()))
                .map(Map.Entry::getKey)
                .filter(operation -> !commands.containsKey(operation))
                .toList();
    }

    /** How long anybody waited since asking, or since {@link #healed}. */
    long longestNanos() {
        return longestNanos;
    }

    /** From now on waiting counts. */
    void healed() {
        healedNanos = simulation.nowNanos();
    }

    private void mistake(String text) {
        mistakes.add(simulation.nowNanos() / 1e9 + " s: " + text);
    }

    private void sent(NodeId from, Object message) {
        if (message instanceof Accept accept) {
            List<Long> proposal = List.of(accept.slot(), accept.promise().ballot());
            Command earlier = proposed.putIfAbsent(proposal, accept.command());
            if (earlier != null && !earlier.equals(accept.command())) {
                mistake("in slot and ballot " + proposal + " there are " + earlier + " and " + accept.command());
            }
            acceptedBy(from, proposal);
        } else if (message instanceof Accepted accepted) {
            acceptedBy(from, List.of(accepted.slot(), accepted.ballot()));
        }
    }

    private void acceptedBy(NodeId replica, List<Long> proposal) {
        SortedSet<NodeId> those = accepters.computeIfAbsent(proposal, key -> new TreeSet<>());
        those.add(replica);
        Command command = proposed.get(proposal);
        if (command == null) {
            mistake(replica + " accepts what nobody has proposed in slot and ballot " + proposal);
        } else if (2 * those.size() > replicas) {
            Command earlier = chosen.putIfAbsent(proposal.get(0), command);
            if (earlier != null && !earlier.equals(command)) {
                mistake("for slot and ballot " + proposal + " are chosen " + earlier + " and " + command);
            }
        }
    }

    /** To be told of every event, after it. */
    void handled(NodeId node, Event event) {
        if (!simulation.isUp(node)) {
            return;
        }
        Replica state = simulation.view().state(node);
        Seen now = new Seen(state.executed, new TreeMap<>(state.waiting), new TreeMap<>(state.log));
        if (event instanceof Event.Call call && call.arguments().get(0) instanceof Long operation) {
            asked.put(operation, new Asked(node, simulation.nowNanos()));
        }
        Seen then = before.put(node, now);
        if (then != null) {
            Optional<Told> told = told(event);
            long from = Math.max(
                    then.executed().below(),
                    told.map(known -> known.executed().below()).orElse(0L));
            for (long slot = from; slot < now.executed().below(); slot++) {
                executed(node, slot, command(slot, now, then, event));
            }
            then.waiting().forEach((number, waited) -> answered(node, number, waited, now));
        }
        long below = now.executed().below();
        if (below > executed.size()
                || checksums.get((int) below) != now.executed().checksum()) {
            mistake(node + " has executed " + now.executed() + ", others something else");
        }
    }

    private void executed(NodeId node, long slot, Command command) {
        Command majority = chosen.getOrDefault(slot, Command.NOTHING);
        if (!command.equals(majority)) {
            mistake(node + " executes " + command + " in slot " + slot + ", chosen is " + majority);
        }
        if (slot == executed.size()) {
            executed.add(command);
            boolean isNew =
                    !command.equals(Command.NOTHING) && firstSlots.putIfAbsent(command.toString(), slot) == null;
            if (isNew && commands.putIfAbsent(command.operation(), command) != null) {
                mistake("one operation is two commands, " + command + " and " + commands.get(command.operation()));
            }
            long last = checksums.get(executed.size() - 1);
            checksums.add(
                    isNew
                            ? Hashing.combine(
                                    Hashing.combine(last, command.origin().value()), command.number())
                            : last);
        } else if (slot > executed.size() || !executed.get((int) slot).equals(command)) {
            mistake(node + " executes " + command + " in slot " + slot + ", others something else");
        }
    }

    private void answered(NodeId node, long number, Waiting waited, Seen now) {
        if (now.waiting().containsKey(number)) {
            return;
        }
        Asked client = asked.get(waited.operation());
        if (client == null || !client.replica().equals(node)) {
            mistake(node + " answers " + waited + ", for which nobody has asked it");
            return;
        }
        longestNanos = Math.max(longestNanos, simulation.nowNanos() - Math.max(client.atNanos(), healedNanos));
        Command command = new Command(node, number, waited.operation());
        Long slot = firstSlots.get(command.toString());
        if (slot == null || slot >= now.executed().below()) {
            mistake(node + " answers " + command + ", which it has not executed");
        }
    }

    private static Optional<Told> told(Event event) {
        if (event instanceof Event.Delivery delivery) {
            if (delivery.message() instanceof Told told) {
                return Optional.of(told);
            } else if (delivery.message() instanceof Promised promised) {
                return Optional.of(promised.told());
            }
        }
        return Optional.empty();
    }

    /** What a replica has just executed in a slot, which may have left its log in the same event. */
    private static Command command(long slot, Seen now, Seen then, Event event) {
        if (event instanceof Event.Delivery delivery
                && delivery.message() instanceof Chosen news
                && news.slot() == slot) {
            return news.command();
        }
        Entry entry = now.log().get(slot);
        if (entry == null) {
            entry = told(event)
                    .map(told -> told.log().get(slot))
                    .filter(Entry::chosen)
                    .orElse(then.log().get(slot));
        }
        return entry == null ? Command.NOTHING : entry.command();
    }
}
