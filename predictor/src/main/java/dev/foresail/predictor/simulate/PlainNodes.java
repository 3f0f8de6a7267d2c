package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Division;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of a plain protocol, as long as nothing has happened to them but starts, calls, messages and timers. Not thread-safe.
 *
 * <p>Idea: a protocol is plain when it cannot notice connections, and no handler needs anything of its {@code NodeRuntime} but that
 * effects take place together at its end. Then a node is its state, the state of its random stream and a number for each timer, side by
 * side in tables, and a message under way is an entry of the queue: a million nodes fit where a thousand runtimes did.
 *
 * <p>Whatever else happens (a fault, a message that is deferred, a handler that throws, one who wants to watch) ends this for the
 * whole simulation ({@link Simulation#makeRuntimes}): every node gets its runtime, with what is under way, and everything goes on as if it
 * had had it from the beginning. A test holds that. Between the windows of several workers that is the same; within one it cannot be done,
 * as there is no time that all parts have come to: {@link OneWorkerNeededException}. Weakness: in systems of more than {@link ConnectedPairs#MOST_NODES} nodes
 * connections over which nothing is under way then are forgotten, as if they had been closed for being idle.
 */
final class PlainNodes<S> {
    private final PlainTables<S> tables;
    /** Those in this process, one behind the other. */
    private final List<PlainPart<S>> parts = new ArrayList<>();

    private final WindowWidth width;
    /** Nothing when there is one part. */
    private final @Nullable Windows windows;
    /** Nothing when all parts are in this process. */
    private final @Nullable Partition<S> partition;

    private final int allParts;

    /** All in one part. */
    PlainNodes(Simulation<S> simulation) {
        this.tables = new PlainTables<>(simulation.settings());
        this.parts.add(new PlainPart<>(simulation, tables, 0, new Outbox[0][][], false));
        this.width = new WindowWidth(1, Optional.empty(), parts);
        this.windows = null;
        this.partition = null;
        this.allParts = 1;
    }

    /**
     * In several parts, one for each worker.
     *
     * @param unused in one part, of which nothing was asked yet
     * @throws IllegalStateException when a node was started
     */
    PlainNodes(Simulation<S> simulation, PlainNodes<S> unused, Division division, Spread spread) {
        if (unused.isUsed()) {
            throw new IllegalStateException("workers are chosen before the first node starts");
        }
        this.tables = new PlainTables<>(unused.tables, division, spread.firstOwn(), spread.workers());
        this.allParts = division.parts();
        Outbox[][][] outboxes = outboxes(allParts);
        for (int part = 0; part < spread.workers(); part++) {
            this.parts.add(new PlainPart<>(
                    simulation,
                    tables,
                    spread.firstOwn() + part,
                    outboxes,
                    spread.relaxation().isPresent()));
        }
        this.width = new WindowWidth(division.leastNanos(), spread.relaxation(), parts);
        this.partition = tables.isPartitioned()
                ? partition(simulation.settings(), spread.exchange().orElseThrow(), outboxes)
                : null;
        Windows.Others others = partition == null ? Windows.Others.NOBODY : partition;
        this.windows = new Windows(parts, others, parts.size(), width, spread.executor());
    }

    private Partition<S> partition(SimulationSettings<S> settings, WindowExchange exchange, Outbox[][][] outboxes) {
        return new Partition<>(
                exchange,
                tables,
                parts,
                outboxes,
                settings.machine().create(settings.parameters()),
                Partition.fingerprint(settings, tables, width.leastNanos(), exchange.members()));
    }

    /** The nodes of a simulation in one part; nothing when they need runtimes from the beginning. */
    static <S> @Nullable PlainNodes<S> of(Simulation<S> simulation) {
        SimulationSettings<S> settings = simulation.settings();
        if (isPlain(settings.machine())
                && areConsecutive(settings.nodes())
                && !settings.topology().hasQueues()
                && simulation.steering() instanceof SteeringFactory.Unsteered
                && !settings.node().isolateFailures()) {
            PlainNodes<S> made = new PlainNodes<>(simulation);
            if (!made.looksAhead()) {
                made.listen();
                return made;
            }
        }
        return null;
    }

    private static Outbox[][][] outboxes(int parts) {
        Outbox[][][] outboxes = new Outbox[parts][parts][2];
        for (Outbox[][] from : outboxes) {
            for (Outbox[] to : from) {
                to[0] = new Outbox();
                to[1] = new Outbox();
            }
        }
        return outboxes;
    }

    /** From now on the queues tell of what is about to happen; to be called of nodes that are used. */
    void listen() {
        parts.forEach(PlainPart::listen);
    }

    /** Whether a protocol can be simulated so, with nodes that do not look ahead, and are neither steered nor undone. */
    static boolean isPlain(Machine<?> machine) {
        return !machine.handlesConnectionErrors()
                && !machine.handlesSuspicions()
                && !machine.hasStableFields()
                && !machine.sendsDatagrams()
                && !machine.hasUrgentMessages()
                && machine.aggregates().isEmpty()
                && machine.handlers().stream()
                        .allMatch(handler -> handler.choice().isEmpty()
                                && handler.choicePoints().isEmpty());
    }

    /** Whether ids follow each other in the order of the endpoints. */
    static boolean areConsecutive(List<NodeId> ids) {
        if (ids instanceof NodeRange) {
            return true;
        }
        long first = ids.get(0).value();
        for (int endpoint = 0; endpoint < ids.size(); endpoint++) {
            if (ids.get(endpoint).value() - first != endpoint) {
                return false;
            }
        }
        return true;
    }

    /** Whether the system has such a node; the methods below that take an id are only for one that is there. */
    boolean isPresent(NodeId id) {
        return tables.endpoint(id) >= 0;
    }

    boolean isUp(NodeId id) {
        return tables.isUp(tables.endpoint(id));
    }

    /** Empty when the node was not started. Of a partitioned run to be asked by all members alike. */
    Optional<S> state(NodeId id) {
        if (partition != null) {
            partition.tellState(tables.endpoint(id));
        }
        return isUp(id) ? Optional.of(tables.state(tables.endpoint(id))) : Optional.empty();
    }

    /** The whole system as it is. Of a partitioned run to be asked by all members alike. */
    PictureView<S> view() {
        if (partition != null) {
            partition.tellStates();
        }
        int up = 0;
        while (up < tables.size() && tables.isUp(up)) {
            up++;
        }
        SortedSet<NodeId> nodes = NodeRange.asSet(tables.id(0).value(), up);
        if (up < tables.size()) {
            nodes = new TreeSet<>(nodes);
            for (int endpoint = up; endpoint < tables.size(); endpoint++) {
                if (tables.isUp(endpoint)) {
                    nodes.add(tables.id(endpoint));
                }
            }
        }
        return new PictureView<>(tables.machine, nodes, this::picture, true);
    }

    private @Nullable Picture<S> picture(NodeId id) {
        int endpoint = tables.endpoint(id);
        return endpoint >= 0 && tables.isUp(endpoint)
                ? new Picture<>(tables.state(endpoint), Collections.<NodeId, Channel>emptySortedMap(), 0)
                : null;
    }

    /** Whether a node was started. */
    boolean isUsed() {
        return tables.anyIsUp();
    }

    private PlainPart<S> partOf(int endpoint) {
        return parts.get(tables.partOf(endpoint) - parts.get(0).index());
    }

    /** @param state a new one */
    void start(NodeId id, Supplier<S> state) {
        int endpoint = tables.endpoint(id);
        if (tables.isOwn(endpoint)) {
            partOf(endpoint).start(endpoint, state.get());
        } else {
            tables.startElsewhere(endpoint);
        }
        somethingHappened();
    }

    /** Without effect when the node was not started. */
    void call(NodeId id, String name, List<Object> arguments) {
        int endpoint = tables.endpoint(id);
        if (tables.isUp(endpoint) && tables.isOwn(endpoint)) {
            partOf(endpoint).call(endpoint, name, arguments);
        }
        somethingHappened();
    }

    private void somethingHappened() {
        if (partition != null) {
            partition.somethingHappened();
        }
    }

    /** How many parts there are, here and elsewhere, each with a worker. */
    int workers() {
        return allParts;
    }

    boolean isPartitioned() {
        return partition != null;
    }

    /** Whether any member of a partitioned run says yes; to be asked by all of them alike. */
    boolean isWishedAnywhere(boolean here) {
        return partition == null ? here : partition.isWishedAnywhere(here);
    }

    /** How much is to happen. */
    long pending() {
        return parts.stream().mapToLong(PlainPart::pending).sum();
    }

    /** Nothing is to happen any more. */
    void clear() {
        parts.forEach(PlainPart::clear);
    }

    /** How many events were handled that the simulation was not told of. */
    long handledEvents() {
        return parts.stream().mapToLong(PlainPart::handledEvents).sum()
                + (partition == null ? 0 : partition.eventsElsewhere());
    }

    /** How many messages and timers of the parts here were postponed until now ({@link Departures}). */
    long postponed() {
        return parts.stream().mapToLong(PlainPart::postponed).sum();
    }

    /** How windows were; empty when there is one part. */
    Optional<SlowMessages.Report> report() {
        if (windows == null) {
            return Optional.empty();
        }
        Slowness slowness = new Slowness();
        parts.forEach(part -> slowness.add(part.slowness()));
        long between = parts.stream().mapToLong(PlainPart::sentBetween).sum()
                + (partition == null ? 0 : partition.sentBetweenElsewhere());
        double delayNanos =
                parts.stream().mapToDouble(PlainPart::delayNanosBetween).sum()
                        + (partition == null ? 0 : partition.delayNanosBetweenElsewhere());
        return Optional.of(new SlowMessages.Report(
                windows.count(),
                width.leastNanos(),
                width.widthNanos(),
                width.mostNanos(),
                between,
                slowness.messages(),
                (double) slowness.nanos() / Math.max(1, slowness.messages()),
                delayNanos / Math.max(1, between)));
    }

    /** The traces that are not the simulation's own. */
    List<Trace<S>> traces() {
        if (windows == null) {
            return List.of();
        }
        List<Trace<S>> traces = new ArrayList<>();
        parts.forEach(part -> traces.add(part.trace()));
        if (partition != null) {
            Trace<S> elsewhere = new Trace<>(tables.machine, () -> 0);
            elsewhere.add(partition.digestSumElsewhere());
            traces.add(elsewhere);
        }
        return traces;
    }

    /**
     * Lets everything happen up to a time, until the simulation halts, or until there are runtimes.
     *
     * @throws OneWorkerNeededException when several workers come to something that needs them
     */
    void runThrough(long untilNanos) {
        if (windows == null) {
            parts.get(0).runThrough(untilNanos);
            return;
        }
        windows.runBefore(untilNanos + 1);
        if (partition != null && partition.whyStuck().isPresent()) {
            throw new OneWorkerNeededException(partition.whyStuck().get());
        }
        for (PlainPart<S> part : parts) {
            if (part.isStuck()) {
                throw new OneWorkerNeededException(part.whyStuck());
            }
        }
    }

    /**
     * Lets happen what is next in the only part; false when nothing is up to that time.
     *
     * @throws IllegalStateException when there are several parts
     */
    boolean runOne(long untilNanos) {
        if (windows != null) {
            throw new IllegalStateException("several workers do not go on event by event");
        }
        return parts.get(0).runOne(untilNanos);
    }

    /** Whether the nodes' resolvers look ahead. */
    boolean looksAhead() {
        return parts.get(0).host(0).resolver().looksAhead();
    }

    /**
     * The nodes as they are, by endpoint: with runtimes, where they were started, that have nothing under way.
     *
     * @throws OneWorkerNeededException when some of them are in other processes
     */
    List<SimulatedNode<S>> toNodes() {
        if (partition != null) {
            throw new OneWorkerNeededException("nodes need runtimes, as from the first fault on (decision 020)");
        }
        // What is postponed draws its delays from the streams that the nodes go on with.
        parts.forEach(PlainPart::depart);
        List<SimulatedNode<S>> nodes = new ArrayList<>(tables.size());
        for (int endpoint = 0; endpoint < tables.size(); endpoint++) {
            SimulatedNode<S> node = partOf(endpoint).host(endpoint);
            node.world().continueFrom(tables.rows[endpoint * tables.stride + PlainTables.STREAM]);
            if (tables.isUp(endpoint)) {
                node.takeOver(tables.state(endpoint));
            }
            nodes.add(node);
        }
        return nodes;
    }

    /** Gives the nodes of {@link #toNodes} what is under way. */
    void handOver(SimulatedNetwork<S> network, List<SimulatedNode<S>> nodes) {
        tables.connected.forEach((endpoint, peer) -> nodes.get(endpoint)
                .connectionTo(tables.id(peer), nodes.get(peer).incarnation()));
        parts.forEach(PlainPart::receive);
        parts.forEach(part -> part.handOver(network, nodes));
        parts.forEach(PlainPart::makeUp);
    }
}
