package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.path.PathTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of its neighbours and tells them: its channels, the checkpoints it takes and gathers, the
 * aggregates it exports and is told. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
final class Neighbourhood<S> {
    /** How many bits of a connection's number count the connections of one start of the node. */
    private static final int CONNECTIONS_BITS = 20;

    private final Machine<S> machine;
    private final NodeId self;
    private final Host host;
    private final Local<S> local;
    /** Whether something here looks ahead; steering may come to do so, or cease to, while the node runs. */
    private boolean looksAhead;

    /** Whether changes of the neighbours are noticed at once, and not only when there is to be a round of gathering. */
    private final boolean followsClosely;

    /** Is told that a round of gathering checkpoints has ended. */
    private Runnable roundListener = () -> {};

    private final NodeSettings settings;
    private final NodeObserver observer;
    private final SortedMap<NodeId, Channel> channels = new TreeMap<>();
    /** Made when they are needed: simulated nodes often need neither. */
    private @Nullable CheckpointKeeper<S> checkpoints;

    private Optional<Exporter> exporter = Optional.empty();
    private final BrokenConnections broken = new BrokenConnections();
    private final RecalledCheckpoints<S> recalled;
    /** The number of the last connection, greater than any of an earlier start. */
    private long connections;

    private final StableFacts<S> facts;

    private final Optional<MeasuredCalls> calls;

    private SortedSet<NodeId> lastNeighbours = Collections.emptySortedSet();
    /** Grows with every change of {@link #lastNeighbours}: whether a peer is among them is asked for every message. */
    private int neighboursRevision = 1;

    Neighbourhood(Machine<S> machine, NodeId self, NodeRuntime.NodeParts<S> parts, Local<S> local) {
        this.machine = machine;
        this.self = self;
        this.facts = new StableFacts<>(machine, self, parts.host(), local.state(), channels::keySet);
        this.host = facts.telling();
        this.recalled = new RecalledCheckpoints<>(self);
        this.local = local;
        this.settings = parts.settings();
        this.observer = parts.observer();
        this.connections = parts.host().incarnation() << CONNECTIONS_BITS;
        this.followsClosely = parts.resolver().looksAhead();
        this.calls = settings.measuresCalls() ? Optional.of(new MeasuredCalls(host.nowNanos())) : Optional.empty();
        steeredBy(parts.steering());
    }

    private CheckpointKeeper<S> checkpoints() {
        CheckpointKeeper<S> keeper = checkpoints;
        if (keeper == null) {
            keeper = new CheckpointKeeper<>(host, settings, observer, this::checkpoint, this::roundEnded);
            checkpoints = keeper;
        }
        return keeper;
    }

    private Exporter exporter() {
        if (exporter.isEmpty()) {
            exporter = Optional.of(new Exporter(
                    host,
                    settings.exportInterval().toNanos(),
                    channels,
                    () -> LedgerRule.all(machine, local.state().get(), channels, host.nowNanos())));
        }
        return exporter.get();
    }

    private boolean follows(NodeId peer) {
        return exporter.isPresent() && exporter.get().follows(peer);
    }

    private SortedMap<NodeId, CheckpointKeeper.Gathered<S>> gathered() {
        return checkpoints == null ? Collections.emptySortedMap() : checkpoints.gathered();
    }

    private long checkpointNumber() {
        return checkpoints == null ? 0 : checkpoints.number();
    }

    /**
     * What a checkpoint needs of the node itself, as it is when asked.
     *
     * @param deferred messages received and not yet handled
     */
    record Local<S>(Supplier<S> state, Timers timers, Supplier<List<Event.Delivery>> deferred) {}

    /** From now on this steers the node. */
    void steeredBy(Steering<S> steering) {
        looksAhead = followsClosely || steering.looksAhead();
        roundListener = steering::gathered;
    }

    /** See {@link SteeredNode#gatheringTime}. */
    BusyTime gatheringTime() {
        return checkpoints().busy();
    }

    /** The channels themselves. */
    SortedMap<NodeId, Channel> channels() {
        return channels;
    }

    /** What is known of all nodes' stable fields, and told of them. */
    StableFacts<S> facts() {
        return facts;
    }

    private Channel channel(NodeId peer) {
        Channel channel = channels.get(peer);
        return channel == null ? opened(peer) : channel;
    }

    private Channel opened(NodeId peer) {
        connections += Channel.NUMBER_STEP;
        if (looksAhead && named().isEmpty()) {
            // Whoever there is a channel to is a neighbour.
            gatherSoon();
        }
        Channel channel = new Channel(connections, broken.over(peer));
        channels.put(peer, channel);
        return channel;
    }

    /** The application asks for something. */
    void called(Event.Call call) {
        calls.ifPresent(measured -> measured.called(call, host.nowNanos()));
    }

    /** Sends a message of the protocol and books it. */
    void send(NodeId to, Object message, Optional<PathTag> path) {
        host.send(to, booked(to, message, path));
    }

    /** A message of the protocol that leaves the node, counted and remembered unless it is a datagram. */
    Envelope booked(NodeId to, Object message) {
        return booked(to, message, Optional.empty());
    }

    private Envelope booked(NodeId to, Object message, Optional<PathTag> path) {
        if (machine.isDatagram(message)) {
            return Envelope.Payload.datagram(checkpointNumber(), message, path);
        }
        Channel channel = channel(to);
        long sequence = channel.nextSequence();
        if (isOfInterest(to, channel)) {
            channel.remember(sequence, message);
        }
        long connection = sequence == 1 ? channel.connection() : 0;
        return new Envelope.Payload(sequence, connection, checkpointNumber(), message, path);
    }

    /** Tells a connected peer's steering of a path; false when it is not connected. */
    boolean advise(NodeId peer, String path) {
        boolean isConnected = channels.containsKey(peer);
        if (isConnected) {
            host.send(peer, new Envelope.Advice(path));
        }
        return isConnected;
    }

    /** Whether what is sent to the peer matters for the ledger or for what is in flight when looking ahead. */
    private boolean isOfInterest(NodeId peer, Channel channel) {
        if (looksAhead && (channel.isNotedAsNeighbour(neighboursRevision) || isNeighbour(peer, channel))) {
            return true;
        }
        return !machine.aggregates().isEmpty() && (follows(peer) || isAggregated(peer));
    }

    private boolean isNeighbour(NodeId peer, Channel channel) {
        if (peer.equals(self) || lastNeighbours.contains(peer)) {
            channel.noteAsNeighbour(neighboursRevision);
            return true;
        }
        if (!declaredNeighbours().contains(peer)) {
            return false;
        }
        if (!followsClosely) {
            noteNeighbours();
        }
        return true;
    }

    private boolean isAggregated(NodeId peer) {
        for (AggregateDescription<S, ?> aggregate : machine.aggregates()) {
            if (aggregate.over(local.state().get()).contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /** The connection to {@code peer} is broken: what was counted on it is void. */
    void lost(NodeId peer) {
        noteNeighbours();
        Channel channel = channels.remove(peer);
        if (channel != null && (lastNeighbours.contains(peer) || (checkpoints != null && checkpoints.knows(peer)))) {
            broken.add(peer, channel, channelHere(peer));
        }
        observer.lost(peer);
        exporter.ifPresent(some -> some.lost(peer));
        if (checkpoints != null) {
            checkpoints.lost(peer);
        }
    }

    /** The channel to this node in the last checkpoint of a peer. */
    private Optional<Checkpoint.ChannelCheckpoint> channelHere(NodeId peer) {
        return Optional.ofNullable(gathered().get(peer))
                .map(gathered -> gathered.checkpoint().channels().get(self));
    }

    /** To be called before a message is handled. */
    void beforeMessage(NodeId from, Envelope.Payload payload) {
        if (checkpoints != null || payload.checkpointNumber() != 0) {
            checkpoints().beforeMessage(from, payload.checkpointNumber());
        }
        if (payload.sequence() == 1 && payload.connection() > 0) {
            Channel channel = channel(from);
            // Where messages come twice or late, the first one does not take back what came after it.
            if (payload.connection() > channel.peerConnection()) {
                channel.opened(payload.connection());
            }
        }
    }

    private void roundEnded(Collection<NodeId> answered) {
        answered.forEach(peer -> broken.gathered(peer, channelHere(peer)));
        gathered().keySet().forEach(recalled::forget);
        SortedSet<NodeId> kept = neighbours();
        kept.addAll(lastNeighbours);
        broken.retain(kept);
        recalled.retain(kept, host.nowNanos());
        observer.gathered();
        roundListener.run();
    }

    /** A message has had its effect, or has been deferred or dropped. */
    void received(Event.Delivery delivery, long sequence) {
        Channel channel = channel(delivery.from());
        channel.received(Math.max(channel.received(), sequence));
        facts.tell(delivery.from());
        for (AggregateDescription<S, ?> aggregate : machine.aggregates()) {
            if (aggregate.isHandOver(delivery.message())) {
                exporter.ifPresent(some -> some.handOverSeen(delivery.from()));
            }
        }
    }

    /** See {@link NodeRuntime#sent}. */
    void sent(Envelope envelope, int frameBytes) {
        if (envelope.isOfCheckpoints()) {
            checkpoints().sent(envelope, frameBytes);
        }
    }

    /** Takes what the runtime of {@code from} tells this one. */
    void accept(NodeId from, Envelope envelope) {
        if (envelope instanceof Envelope.CheckpointRequest request) {
            checkpoints().requested(from, request.number());
        } else if (envelope instanceof Envelope.CheckpointAnswer answer) {
            checkpointAnswered(from, answer);
        } else if (envelope instanceof Envelope.CheckpointRefused refused) {
            checkpoints().refused(from, refused.requested(), refused.current());
        } else if (envelope instanceof Envelope.AggregateExport export) {
            exported(from, export);
        } else if (envelope instanceof Envelope.Subscribe) {
            exporter().subscribed(from);
        } else {
            exporter.ifPresent(some -> some.unsubscribed(from));
        }
    }

    @SuppressWarnings("unchecked")
    private void checkpointAnswered(NodeId from, Envelope.CheckpointAnswer answer) {
        if (machine.stateType().isInstance(answer.checkpoint().state())) {
            checkpoints().answered(from, answer.requested(), (Checkpoint<S>) answer.checkpoint(), this::isPossible);
            trimLogs();
        }
    }

    /** Whether this node has sent what a peer's checkpoint has received of it. */
    private boolean isPossible(Checkpoint<S> there) {
        Checkpoint.ChannelCheckpoint in = there.channels().get(self);
        if (in == null || in.received() == 0) {
            return true;
        }
        Channel out = channels.get(there.node());
        boolean isTooMuch = out != null && in.peerConnection() == out.connection() && in.received() > out.sent();
        return !isTooMuch && in.peerConnection() <= connections;
    }

    private void exported(NodeId from, Envelope.AggregateExport export) {
        if (export.values().size() != machine.aggregates().size()) {
            return;
        }
        channel(from).exported(new Exported(export.received(), export.values(), host.nowNanos()));
        trimLogs();
        exporter.ifPresent(Exporter::changed);
        gatherSoon();
    }

    /** The ledger needs what the last export has not seen, the look-ahead what the last checkpoint has not. */
    private void trimLogs() {
        noteNeighbours();
        channels.forEach((peer, channel) -> channel.forgetUpTo(
                peer.equals(self)
                        ? channel.received()
                        : Math.min(seenByExport(peer, channel), seenByCheckpoint(peer, channel))));
    }

    private long seenByExport(NodeId peer, Channel channel) {
        return follows(peer) ? channel.exported().map(Exported::received).orElse(0L) : Long.MAX_VALUE;
    }

    private long seenByCheckpoint(NodeId peer, Channel channel) {
        if (!looksAhead || !lastNeighbours.contains(peer)) {
            return Long.MAX_VALUE;
        }
        return channelHere(peer).map(there -> there.receivedOf(channel)).orElse(0L);
    }

    /** The state may have changed: follows the neighbours that it names now, and tells subscribers what is new. */
    void refresh() {
        if (!machine.aggregates().isEmpty()) {
            SortedSet<NodeId> followed = new TreeSet<>();
            machine.aggregates()
                    .forEach(aggregate ->
                            followed.addAll(aggregate.over(local.state().get())));
            followed.remove(self);
            exporter().follow(followed);
            exporter().changed();
        }
        if (followsClosely) {
            refreshNeighbours();
        }
    }

    /** Brings {@link #lastNeighbours} up to date. */
    private void noteNeighbours() {
        if (looksAhead && !areSurelyNeighbours(lastNeighbours)) {
            lastNeighbours = neighbours();
            neighboursRevision++;
        }
    }

    /** Whom to ask, when a round begins. */
    private SortedSet<NodeId> askedNeighbours() {
        noteNeighbours();
        return lastNeighbours;
    }

    private void refreshNeighbours() {
        if (areSurelyNeighbours(lastNeighbours)) {
            return;
        }
        SortedSet<NodeId> neighbours = neighbours();
        if (!neighbours.equals(lastNeighbours)) {
            lastNeighbours = neighbours;
            neighboursRevision++;
            gatherSoon();
        }
    }

    /** Most events change nothing: a look is cheaper than a set. False, too, where the protocol names one twice. */
    private boolean areSurelyNeighbours(Collection<NodeId> known) {
        int others = 0;
        for (NodeId declared : declaredNeighbours()) {
            if (!declared.equals(self)) {
                others++;
                if (!known.contains(declared)) {
                    return false;
                }
            }
        }
        return others == known.size();
    }

    private Collection<NodeId> declaredNeighbours() {
        return named().orElseGet(channels::keySet);
    }

    /** Whom the protocol names; empty when it does not say. Never throws: it is asked amid what is no handler's fault. */
    private Optional<Collection<NodeId>> named() {
        try {
            return machine.neighbours(local.state().get());
        } catch (RuntimeException thrown) {
            observer.neighboursUnanswered(thrown);
            return Optional.of(lastNeighbours);
        }
    }

    private SortedSet<NodeId> neighbours() {
        SortedSet<NodeId> neighbours = new TreeSet<>(declaredNeighbours());
        neighbours.remove(self);
        return neighbours;
    }

    /** Starts a round of gathering the neighbours' checkpoints soon; without effect when nothing looks ahead here. */
    void gatherSoon() {
        if (looksAhead) {
            checkpoints().gatherSoon(this::askedNeighbours);
        }
    }

    private Checkpoint<S> checkpoint(long number) {
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> copied = new TreeMap<>();
        channels.forEach((peer, channel) -> copied.put(peer, channel.checkpoint(broken.of(peer))));
        broken.peers().stream()
                .filter(peer -> !copied.containsKey(peer))
                .forEach(peer -> copied.put(peer, new Channel(0, broken.over(peer)).checkpoint(broken.of(peer))));
        return new Checkpoint<>(
                self,
                number,
                machine.copy(local.state().get()),
                local.timers().remaining(),
                local.deferred().get(),
                copied,
                connections,
                calls.map(measured -> measured.rates(host.nowNanos())).orElse(List.of()));
    }

    /** As {@link #snapshot}, with message {@code sequence} of {@code from} received: it is about to be handled. */
    Snapshot<S> snapshotAfter(NodeId from, long sequence) {
        Channel channel = channel(from);
        long before = channel.received();
        channel.received(Math.max(before, sequence));
        Snapshot<S> snapshot = snapshot();
        channel.received(before);
        return snapshot;
    }

    /** What the node knows now, for predictions. */
    Snapshot<S> snapshot() {
        return snapshot(checkpoints().consistentLatest(), checkpoints().latest().keySet());
    }

    /** See {@link SteeredNode#roundSnapshot}. */
    Snapshot<S> roundSnapshot() {
        return snapshot(checkpoints().consistent(), gathered().keySet());
    }

    /** @param heard of whom there is a checkpoint, though it may be left out for what it contradicts */
    private Snapshot<S> snapshot(SortedMap<NodeId, CheckpointKeeper.Gathered<S>> consistent, Collection<NodeId> heard) {
        SortedMap<NodeId, Checkpoint<S>> neighbours = new TreeMap<>();
        SortedMap<NodeId, Long> ages = new TreeMap<>();
        SortedSet<NodeId> outdated = new TreeSet<>();
        SortedSet<NodeId> current = neighbours();
        consistent.forEach((peer, gathered) -> {
            if (current.contains(peer)) {
                neighbours.put(peer, gathered.checkpoint());
                ages.put(peer, host.nowNanos() - gathered.takenNanos());
                if (isExportedSince(peer, gathered.cameNanos())) {
                    outdated.add(peer);
                }
            }
        });
        Checkpoint<S> own = checkpoint(checkpointNumber());
        current.removeAll(heard);
        recalled.fitting(own, List.copyOf(neighbours.values()), current).forEach((peer, old) -> {
            neighbours.put(peer, old.checkpoint());
            ages.put(peer, host.nowNanos() - old.takenNanos());
            if (isExportedSince(peer, old.takenNanos())) {
                outdated.add(peer);
            }
        });
        return new Snapshot<>(own, neighbours, ages, outdated, host.nowNanos());
    }

    /** See {@link NodeRuntime#recallNeighbours}. */
    void recall(Collection<KnownCheckpoint<S>> known) {
        known.forEach(one -> recalled.recall(one, host.nowNanos()));
    }

    /** See {@link NodeRuntime#neighbourCheckpoints}. */
    List<KnownCheckpoint<S>> lastKnown() {
        long now = host.nowNanos();
        List<KnownCheckpoint<S>> known = new ArrayList<>();
        gathered().values().forEach(one -> known.add(new KnownCheckpoint<>(one.checkpoint(), now - one.takenNanos())));
        recalled.all().values().stream()
                .filter(one -> !gathered().containsKey(one.checkpoint().node()))
                .forEach(one -> known.add(new KnownCheckpoint<>(one.checkpoint(), now - one.takenNanos())));
        return known;
    }

    /** The last consistent set; see {@link SteeredNode#consistentSnapshot}. */
    Optional<Snapshot<S>> consistentSnapshot() {
        return checkpoints().ownOfLastRound().map(own -> {
            SortedMap<NodeId, Checkpoint<S>> neighbours = new TreeMap<>();
            SortedMap<NodeId, Long> ages = new TreeMap<>();
            checkpoints().consistentWith(own).forEach((peer, gathered) -> {
                neighbours.put(peer, gathered.checkpoint());
                ages.put(peer, host.nowNanos() - gathered.takenNanos());
            });
            return new Snapshot<>(
                    own.withPossible(broken::stillOf), neighbours, ages, Collections.emptySortedSet(), host.nowNanos());
        });
    }

    /** See {@link SteeredNode#consistentWhenHandling}. */
    SortedMap<NodeId, Checkpoint<S>> consistentWhenHandling(Event event) {
        SortedMap<NodeId, Checkpoint<S>> consistent = checkpoints().consistentNow();
        consistent.values().removeIf(there -> {
            boolean isSender =
                    event instanceof Event.Delivery delivery && delivery.from().equals(there.node());
            return !isConsistentNow(there, isSender ? 1 : 0);
        });
        return consistent;
    }

    /** @param more how many messages of the peer are about to be received */
    private boolean isConsistentNow(Checkpoint<S> there, int more) {
        Optional<Channel> here = Optional.ofNullable(channels.get(there.node()));
        long received = here.map(Channel::received).orElse(0L) + more;
        long heard = here.map(Channel::peerConnection).orElse(broken.over(there.node()));
        long sent = here.map(Channel::sent).orElse(0L);
        long sentOver = here.map(Channel::connection).orElse(0L);
        // Over a connection that is over since, more may have come than is counted now.
        return !there.isBefore(self, received, heard)
                && Optional.ofNullable(there.channels().get(self))
                        .filter(in -> in.received() > 0)
                        .filter(in -> Checkpoint.isContradiction(
                                in.received(), in.peerConnection(), sent, sentOver, connections))
                        .isEmpty();
    }

    private boolean isExportedSince(NodeId peer, long nanos) {
        Channel channel = channels.get(peer);
        return channel != null
                && channel.exported().filter(export -> export.atNanos() > nanos).isPresent();
    }
}
