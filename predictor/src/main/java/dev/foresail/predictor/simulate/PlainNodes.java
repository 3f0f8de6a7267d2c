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
import java.util.concurrent.Executor;
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
    private final List<PlainPart<S>> parts = new ArrayList<>();
    private final WindowWidth width;
    /** Nothing when there is one part. */
    private final @Nullable Windows windows;

    /** All in one part. */
    PlainNodes(Simulation<S> simulation) {
        this.tables = new PlainTables<>(simulation.settings());
        this.parts.add(new PlainPart<>(simulation, tables, 0, new Outbox[0][][], false));
        this.width = new WindowWidth(1, Optional.empty(), parts);
        this.windows = null;
    }

    /**
     * In several parts, one for each worker.
     *
     * @param unused in one part, of which nothing was asked yet
     */
    PlainNodes(
            Simulation<S> simulation,
            PlainNodes<S> unused,
            Division division,
            Optional<SlowMessages> relaxation,
            Executor executor) {
        this.tables = new PlainTables<>(unused.tables, division);
        Outbox[][][] outboxes = outboxes(division.parts());
        for (int part = 0; part < division.parts(); part++) {
            this.parts.add(new PlainPart<>(simulation, tables, part, outboxes, relaxation.isPresent()));
        }
        this.width = new WindowWidth(division.leastNanos(), relaxation, parts);
        this.windows = new Windows(parts, parts.size(), width, executor);
    }

    /** The nodes of a simulation in one part; nothing when they need runtimes from the beginning. */
    static <S> @Nullable PlainNodes<S> of(Simulation<S> simulation) {
        SimulationSettings<S> settings = simulation.settings();
        if (isPlain(settings.machine())
                && areConsecutive(settings.nodes())
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

    /** Empty when the node was not started. */
    Optional<S> state(NodeId id) {
        return isUp(id) ? Optional.of(tables.state(tables.endpoint(id))) : Optional.empty();
    }

    /** The whole system as it is. */
    PictureView<S> view() {
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
        return parts.get(tables.partOf(endpoint));
    }

    /** @param state a new one */
    void start(NodeId id, S state) {
        int endpoint = tables.endpoint(id);
        partOf(endpoint).start(endpoint, state);
    }

    /** Without effect when the node was not started. */
    void call(NodeId id, String name, List<Object> arguments) {
        int endpoint = tables.endpoint(id);
        if (tables.isUp(endpoint)) {
            partOf(endpoint).call(endpoint, name, arguments);
        }
    }

    /** How many parts there are, each with a worker. */
    int workers() {
        return parts.size();
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
        return parts.stream().mapToLong(PlainPart::handledEvents).sum();
    }

    /** How windows were; empty when there is one part. */
    Optional<SlowMessages.Report> report() {
        if (windows == null) {
            return Optional.empty();
        }
        Slowness slowness = new Slowness();
        parts.forEach(part -> slowness.add(part.slowness()));
        long between = parts.stream().mapToLong(PlainPart::sentBetween).sum();
        double delayNanos =
                parts.stream().mapToDouble(PlainPart::delayNanosBetween).sum();
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
        return windows == null
                ? List.of()
                : parts.stream().map(PlainPart::trace).toList();
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

    /** The nodes as they are, by endpoint: with runtimes, where they were started, that have nothing under way. */
    List<SimulatedNode<S>> toNodes() {
        List<SimulatedNode<S>> nodes = new ArrayList<>(tables.size());
        for (int endpoint = 0; endpoint < tables.size(); endpoint++) {
            SimulatedNode<S> node = partOf(endpoint).host(endpoint);
            node.world().continueFrom(tables.rows[endpoint * tables.stride + PlainTables.STREAM]);
            if (tables.isUp(endpoint)) {
                node.boot(tables.state(endpoint));
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
