package dev.foresail.eval.proposer;

import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnSuspicion;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;
import dev.foresail.eval.proposer.LogMessages.Executed;
import dev.foresail.eval.proposer.LogMessages.Outdated;
import dev.foresail.eval.proposer.LogMessages.Prepare;
import dev.foresail.eval.proposer.LogMessages.Promise;
import dev.foresail.eval.proposer.LogMessages.Promised;
import dev.foresail.eval.proposer.LogMessages.Skipped;
import dev.foresail.eval.proposer.LogMessages.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What all forms of a replicated log share: Paxos for every slot, execution in the order of the slots, and what must hold. Slots are divided
 * into lanes; each lane has a first proposer, who needs no phase 1 (ballot 0), and any replica can take a part of it over by phase 1
 * ({@link #lead}). A command may be chosen for two slots, as nobody knows whether one is lost that waits; it is executed once, in the first of them ({@link Executed}).
 */
abstract class Replica {
    /** Below the end of a lane. */
    static final long END = Long.MAX_VALUE;

    /** So many executed slots are remembered, for replicas that have missed them, and to see whether replicas agree. */
    private static final int REMEMBERED = 8;

    /** Who has accepted is one bit of an {@code int} for each replica, from 1 on. */
    static final int MOST_REPLICAS = 31;

    /** A command waits for so long without any being executed before something is done about it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Promise NO_PROMISE = new Promise(0, 0);

    final int replicas;
    NodeId self = NodeId.of(0);
    final SortedSet<NodeId> others = new TreeSet<>();

    /** Accepted and chosen slots, but for those that were executed long ago. */
    @Durable
    final SortedMap<Long, Entry> log = new TreeMap<>();

    /** By lane. */
    @Durable
    final SortedMap<Long, Promise> promises = new TreeMap<>();

    /** Below it the first proposer of a lane proposes nothing more but what is in the log. */
    @Durable
    final SortedMap<Long, Long> free = new TreeMap<>();

    /** How many commands the replica was asked for. */
    @Durable
    long asked;

    @Durable
    Executed executed = Executed.NOTHING;

    /**
     * By number: the commands that the replica was asked for and that are not executed yet. A number that nobody came back to after a crash would
     * keep those above it in the sessions for ever.
     */
    @Durable
    final SortedMap<Long, Waiting> waiting = new TreeMap<>();

    /** Of the lanes that are being taken over: the replicas that have promised, one bit each. */
    final SortedMap<Long, Integer> promisers = new TreeMap<>();
    /** Of the slots proposed here that are not chosen yet: the replicas that have accepted, one bit each. */
    final SortedMap<Long, Integer> accepters = new TreeMap<>();
    /** Where execution was when {@link #PATIENCE} began. */
    long executedBefore;
    /** How long the replica's latest command took. */
    long latencyNanos;

    /**
     * What a client waits for.
     *
     * @param sinceNanos when the replica was asked, or has started again since, by its clock
     */
    public record Waiting(long operation, long sinceNanos) {}

    Replica(int replicas) {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("there are 1 to " + MOST_REPLICAS + " replicas, not " + replicas);
        }
        this.replicas = replicas;
    }

    // What forms differ in

    /** Proposes a command of this replica's clients or another's, or hands it to who does. */
    abstract void place(Command command, Node node);

    abstract long lane(long slot);

    /** What was sent to the peer and by it may be lost, or it is silent. */
    abstract void suspected(NodeId peer, Node node);

    /** Commands of this replica's clients wait, and nothing is executed. */
    abstract void stuck(Node node);

    /** Somebody else proposes in a lane from now on, by a higher ballot. */
    abstract void overtaken(long lane, NodeId by, Node node);

    /** This replica proposes in a lane from now on; all below {@code next} is proposed again. */
    abstract void elected(long lane, long next, Node node);

    /** The promise of the sender of an {@link Outdated} says nothing new by its ballot, but may reach further. */
    void refused(long lane, Promise promise) {}

    /** Something is about to be accepted. */
    void accepting(Accept accept, NodeId from, Node node) {}

    /** A replica says which of its own slots it leaves out. */
    void heard(NodeId from, Skipped skipped, Node node) {}

    Skipped skipped() {
        return Skipped.NONE;
    }

    // Events

    @OnStart
    void start(Node node) {
        meetOthers(node);
    }

    /** Forms place what waits again, once they know what they may propose. */
    @OnRestart
    void restart(Node node) {
        meetOthers(node);
        // The clock may be another one than before the crash.
        waiting.replaceAll((number, command) -> new Waiting(command.operation(), node.nowNanos()));
        if (!waiting.isEmpty()) {
            beginPatience(node);
        }
        tellOthers(told(), node);
    }

    private void meetOthers(Node node) {
        self = node.self();
        for (int id = 1; id <= replicas; id++) {
            others.add(NodeId.of(id));
        }
        others.remove(self);
    }

    /** A client of this replica wants something to be executed. */
    @OnCall
    void submit(long operation, Node node) {
        Command command = new Command(self, ++asked, operation);
        waiting.put(command.number(), new Waiting(operation, node.nowNanos()));
        if (!node.isArmed("patience")) {
            beginPatience(node);
        }
        place(command, node);
        execute(node);
    }

    private void beginPatience(Node node) {
        executedBefore = executed();
        node.setTimer("patience", PATIENCE);
    }

    @OnMessage
    void accept(Accept accept, @From NodeId from, Node node) {
        long lane = lane(accept.slot());
        if (isOutdated(accept)) {
            node.send(from, new Outdated(lane, promise(lane)));
            return;
        }
        obey(lane, accept.promise(), from, node);
        record(accept.slot(), new Entry(accept.promise().ballot(), accept.command(), false), node);
        heard(from, accept.skipped(), node);
        accepting(accept, from, node);
        node.send(from, answer(accept));
        execute(node);
    }

    /** Of what is decided already nothing else can be accepted: the sender has missed it. */
    private Record answer(Accept accept) {
        long slot = accept.slot();
        Entry entry = log.get(slot);
        if (entry == null || slot < executed() && !entry.chosen()) {
            return told();
        }
        return entry.chosen() && !entry.command().equals(accept.command())
                ? new Chosen(slot, entry.command(), skipped())
                : new Accepted(slot, accept.promise().ballot(), skipped());
    }

    private boolean isOutdated(Accept accept) {
        Entry entry = log.get(accept.slot());
        long ballot = accept.promise().ballot();
        return ballot < promiseFor(accept.slot()).ballot()
                || entry != null && !entry.chosen() && ballot < entry.ballot();
    }

    /** Once a majority has, everybody is told. */
    @OnMessage
    void accepted(Accepted accepted, @From NodeId from, Node node) {
        heard(from, accepted.skipped(), node);
        Entry entry = log.get(accepted.slot());
        if (entry != null && entry.ballot() == accepted.ballot() && accepters.containsKey(accepted.slot())) {
            acceptedBy(from, accepted.slot(), entry.command(), node);
        }
        execute(node);
    }

    @OnMessage
    void chosen(Chosen chosen, @From NodeId from, Node node) {
        heard(from, chosen.skipped(), node);
        record(chosen.slot(), new Entry(0, chosen.command(), true), node);
        execute(node);
    }

    @OnMessage
    void prepare(Prepare prepare, @From NodeId from, Node node) {
        if (obey(prepare.lane(), prepare.promise(), from, node)) {
            node.send(from, new Promised(prepare.lane(), prepare.promise().ballot(), told()));
        } else {
            node.send(from, new Outdated(prepare.lane(), promise(prepare.lane())));
        }
    }

    @OnMessage
    void promised(Promised promised, @From NodeId from, Node node) {
        told(promised.told(), from, node);
        long lane = promised.lane();
        if (promisers.containsKey(lane) && promise(lane).ballot() == promised.ballot()) {
            promisedBy(from, lane, node);
        }
    }

    @OnMessage
    void outdated(Outdated outdated, Node node) {
        long by = outdated.promise().ballot() % replicas;
        if (!obey(outdated.lane(), outdated.promise(), NodeId.of(by == 0 ? replicas : by), node)) {
            refused(outdated.lane(), outdated.promise());
        }
    }

    /** Takes what others know, and goes on from what they have executed. */
    @OnMessage
    void told(Told told, @From NodeId from, Node node) {
        told.log().forEach((slot, entry) -> record(slot, entry, node));
        told.free().forEach((lane, below) -> free.merge(lane, below, Math::max));
        if (told.executed().below() > executed()) {
            executed = told.executed();
            accepters.headMap(executed()).clear();
            List.copyOf(waiting.keySet()).stream()
                    .filter(number -> executed.has(command(number)))
                    .forEach(number -> answer(number, node));
            placeAgain(node);
        }
        execute(node);
        if (told.executed().below() < executed()) {
            node.send(from, told());
        }
    }

    @OnTimer("patience")
    void patience(Node node) {
        if (!waiting.isEmpty()) {
            if (executed() == executedBefore) {
                stuck(node);
            } else {
                placeLateAgain(node);
            }
            beginPatience(node);
        }
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        suspected(peer, node);
    }

    @OnSuspicion
    void silent(NodeId peer, Node node) {
        suspected(peer, node);
    }

    // Phase 1

    /** Takes over the slots of a lane below {@code below} that are not executed. */
    final void lead(long lane, long below, Node node) {
        long ballot = promise(lane).ballot() + 1;
        while (ballot % replicas != self.value() % replicas) {
            ballot++;
        }
        Promise own = new Promise(ballot, Math.max(below, promise(lane).below()));
        promises.put(lane, own);
        promisers.put(lane, 0);
        tellOthers(new Prepare(lane, own), node);
        promisedBy(self, lane, node);
    }

    private void promisedBy(NodeId replica, long lane, Node node) {
        int bits = promisers.getOrDefault(lane, 0) | bit(replica);
        promisers.put(lane, bits);
        if (isMajority(bits)) {
            promisers.remove(lane);
            long last = log.isEmpty() ? executed() : Math.max(executed(), log.lastKey() + 1);
            long next = promise(lane).below() == END ? last : promise(lane).below();
            for (long slot = executed(); slot < next; slot++) {
                if (lane(slot) == lane) {
                    proposeAgain(slot, node);
                }
            }
            elected(lane, next, node);
        }
    }

    private void proposeAgain(long slot, Node node) {
        Entry entry = log.get(slot);
        if (entry == null) {
            propose(slot, Command.NOTHING, node);
        } else if (entry.chosen()) {
            tellOthers(new Chosen(slot, entry.command(), skipped()), node);
        } else {
            propose(slot, entry.command(), node);
        }
    }

    /** Whether the promise is more than what was promised before, and given now. */
    final boolean obey(long lane, Promise promise, NodeId by, Node node) {
        if (promise.ballot() <= promise(lane).ballot()) {
            return false;
        }
        promises.put(
                lane,
                new Promise(
                        promise.ballot(),
                        Math.max(promise.below(), promise(lane).below())));
        promisers.remove(lane);
        overtaken(lane, by, node);
        return true;
    }

    final Promise promise(long lane) {
        return promises.getOrDefault(lane, NO_PROMISE);
    }

    private Promise promiseFor(long slot) {
        Promise promise = promise(lane(slot));
        return slot < promise.below() ? promise : NO_PROMISE;
    }

    // Phase 2, and execution

    /** The first slot from {@code slot} on, {@code step} apart, of which nothing is known: others may have taken slots over unnoticed. */
    final long unknown(long slot, long step) {
        long free = slot;
        while (free < executed() || log.containsKey(free) || isDecided(free)) {
            free += step;
        }
        return free;
    }

    /** What this replica alone may propose for the slot. */
    final void propose(long slot, Command command, Node node) {
        log.put(slot, new Entry(promiseFor(slot).ballot(), command, false));
        accepters.put(slot, 0);
        tellOthers(new Accept(slot, promiseFor(slot), command, skipped()), node);
        acceptedBy(self, slot, command, node);
    }

    private void acceptedBy(NodeId replica, long slot, Command command, Node node) {
        int bits = accepters.getOrDefault(slot, 0) | bit(replica);
        accepters.put(slot, bits);
        if (isMajority(bits)) {
            tellOthers(new Chosen(slot, command, skipped()), node);
            record(slot, new Entry(0, command, true), node);
        }
    }

    /** A command of this replica's that does not get the slot is placed again. */
    private void record(long slot, Entry entry, Node node) {
        Entry before = log.get(slot);
        if (slot < executed() || before != null && !entry.isOver(before)) {
            return;
        }
        log.put(slot, entry);
        if (entry.chosen()) {
            accepters.remove(slot);
        }
        if (before != null && !before.command().equals(entry.command()) && isWaitedFor(before.command())) {
            place(before.command(), node);
        }
    }

    private boolean isWaitedFor(Command command) {
        return command.origin().equals(self) && waiting.containsKey(command.number());
    }

    /** Places the commands of which this replica does not know that anybody has proposed them. */
    final void placeAgain(Node node) {
        waiting.keySet().forEach(number -> placeAgain(command(number), node));
    }

    /** What was handed to somebody may have been lost on the way, though others' commands are executed. */
    private void placeLateAgain(Node node) {
        waiting.forEach((number, command) -> {
            if (node.nowNanos() - command.sinceNanos() >= PATIENCE.toNanos()) {
                placeAgain(command(number), node);
            }
        });
    }

    private void placeAgain(Command command, Node node) {
        if (log.tailMap(executed()).values().stream()
                .noneMatch(entry -> entry.command().equals(command))) {
            place(command, node);
        }
    }

    /** One that is waited for. */
    private Command command(long number) {
        return new Command(
                self, number, Objects.requireNonNull(waiting.get(number)).operation());
    }

    /** All slots below are executed here. */
    final long executed() {
        return executed.below();
    }

    /** Executes what it is the turn of. */
    final void execute(Node node) {
        while (isDecided(executed())) {
            Entry entry = log.get(executed());
            Command command = entry == null ? Command.NOTHING : entry.command();
            executed = executed.with(command);
            if (command.origin().equals(self)) {
                answer(command.number(), node);
            }
        }
        log.headMap(executed() - REMEMBERED).clear();
    }

    final boolean isDecided(long slot) {
        Entry entry = log.get(slot);
        return entry == null ? free.getOrDefault(lane(slot), 0L) > slot : entry.chosen();
    }

    /** A clock that seems to have gone back is another one: that of a roll-out, which knows nothing of when the command came. */
    private void answer(long number, Node node) {
        Waiting command = waiting.remove(number);
        if (command != null && node.nowNanos() >= command.sinceNanos()) {
            latencyNanos = node.nowNanos() - command.sinceNanos();
        }
    }

    private Told told() {
        return new Told(executed, log, free);
    }

    private void tellOthers(Record message, Node node) {
        others.forEach(other -> node.send(other, message));
    }

    private boolean isMajority(int bits) {
        return 2 * Integer.bitCount(bits) > replicas;
    }

    private static int bit(NodeId replica) {
        return 1 << (int) replica.value();
    }

    // What is asked of all

    /** How many commands of clients are not executed yet: on average, as many as come up while one waits (Little's law). */
    @Metric
    static double waiting(SystemView<Replica> view) {
        return view.nodes().stream()
                .mapToInt(id -> view.state(id).waiting.size())
                .sum();
    }

    /** How long the latest command took in the region where it took longest. */
    @Metric(unit = Unit.NANOSECONDS)
    static double worstLatency(SystemView<Replica> view) {
        return view.nodes().stream()
                .mapToLong(id -> view.state(id).latencyNanos)
                .max()
                .orElse(0);
    }

    /** No two replicas know different commands of one slot to be chosen. */
    @Safety
    static boolean isAgreed(SystemView<Replica> view) {
        SortedMap<Long, Command> first = new TreeMap<>();
        return chosen(view)
                .allMatch(slot -> slot.getValue()
                        .command()
                        .equals(first.computeIfAbsent(
                                slot.getKey(), number -> slot.getValue().command())));
    }

    private static Stream<Map.Entry<Long, Entry>> chosen(SystemView<Replica> view) {
        return view.nodes().stream()
                .flatMap(id -> view.state(id).log.entrySet().stream())
                .filter(slot -> slot.getValue().chosen());
    }

    /** What one replica has executed as left out, no other has in its log as chosen. */
    @Safety
    static boolean isNothingChosenSkipped(SystemView<Replica> view) {
        return view.nodes().stream()
                .map(view::state)
                .allMatch(one -> chosen(view)
                        .filter(entry -> !entry.getValue().command().equals(Command.NOTHING))
                        .map(Map.Entry::getKey)
                        .allMatch(slot -> slot < one.executed() - REMEMBERED
                                || slot >= one.executed()
                                || one.log.containsKey(slot)));
    }

    /** Replicas that have executed as many slots have executed the same commands in the same order. */
    @Safety
    static boolean isExecutedAlike(SystemView<Replica> view) {
        SortedMap<Long, Executed> first = new TreeMap<>();
        return view.nodes().stream()
                .map(id -> view.state(id).executed)
                .allMatch(executed -> executed.equals(first.computeIfAbsent(executed.below(), slots -> executed)));
    }
}
