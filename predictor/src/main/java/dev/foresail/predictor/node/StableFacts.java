package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of the stable fields of all ({@link dev.foresail.choice.Stable}), its own past included, and what it
 * tells of them. Not thread-safe.
 *
 * <p>Idea: what is newer than all that a connection has carried goes ahead of whatever else is sent over it. Connections are
 * FIFO, so whoever hears from a node knows every fact that this node knew when it sent, and by induction every fact that
 * happened before. Merging is a union: who forgets, by a crash or a reset, takes nothing away from what others know, and
 * learns its own past from them. Trade-off: whatever changes travels to all whom the nodes are connected to, each node's facts
 * as a whole; so stable fields shall be few and small. Weakness: a node takes the others to have its own configuration.
 *
 * <p>Where relays are not believed ({@link Host#believesRelays}), what a peer says of others is kept apart as its claim and told
 * to nobody: passed on by honest nodes, a lie would look as if several said it.
 *
 * <p>One number counts the changes here, and each peer has the number up to which it was told: so nothing is done for an
 * envelope as long as nothing is new, and nothing at all for protocols without stable fields.
 */
final class StableFacts<S> {
    /** Of how many nodes facts are kept and relayed; beyond, only this node's and those that neighbours tell of themselves. */
    static final int MOST_NODES = 1000;

    /** What peers may make of one node's facts: more than the longest frame could not be told to anyone. */
    static final int MOST_BYTES = 1 << 20;

    private final Machine<S> machine;
    private final NodeId self;
    private final Host host;
    private final Supplier<S> state;
    private final Supplier<? extends Collection<NodeId>> connected;
    private final boolean used;
    /** Never changed once they are here: envelopes share them. */
    private final SortedMap<NodeId, S> images;

    /** By whoever claims it. */
    private final SortedMap<NodeId, SortedMap<NodeId, S>> claims;

    private final Map<NodeId, Long> changedAt;
    private final Map<NodeId, Told> told;
    private long revision;
    private long pushed;
    /** Compared with as long as nothing is known of a node. */
    private Optional<S> blank = Optional.empty();

    /**
     * @param state this node's state
     * @param connected the peers that are to hear of news at once
     */
    StableFacts(
            Machine<S> machine,
            NodeId self,
            Host host,
            Supplier<S> state,
            Supplier<? extends Collection<NodeId>> connected) {
        this.machine = machine;
        this.self = self;
        this.host = host;
        this.state = state;
        this.connected = connected;
        this.used = machine.hasStableFields();
        this.images = used ? new TreeMap<>() : Collections.emptySortedMap();
        this.claims = used ? new TreeMap<>() : Collections.emptySortedMap();
        this.changedAt = used ? new HashMap<>() : Map.of();
        this.told = used ? new HashMap<>() : Map.of();
    }

    /** Up to which change a peer was told over the present connection. */
    private static final class Told {
        long upTo;
    }

    /** The host, but that facts go ahead of what is sent. */
    Host telling() {
        return used ? new Telling() : host;
    }

    /** What is known of each node: states with nothing but their stable fields, which must not be changed; a live view. */
    SortedMap<NodeId, S> images() {
        return Collections.unmodifiableSortedMap(images);
    }

    /** What each peer says of others, where that is not believed; as {@link #images}. */
    SortedMap<NodeId, SortedMap<NodeId, S>> claims() {
        return Collections.unmodifiableSortedMap(claims);
    }

    /** Grows with every change of {@link #images}. */
    long revision() {
        return revision;
    }

    /** Takes what this node knew when it ended. */
    void recall(SortedMap<NodeId, S> known) {
        known.forEach(this::merge);
    }

    /** The state may have changed: to be called before anything is sent because of it. */
    void stepped() {
        if (used) {
            merge(self, state.get());
        }
    }

    /** Tells what is new to all peers that have not been told yet. */
    void push() {
        if (pushed < revision) {
            pushed = revision;
            List.copyOf(connected.get()).forEach(this::tell);
        }
    }

    /** Takes what a peer says. */
    void learn(NodeId from, Envelope.StableFacts said) {
        if (!used || !machine.stateType().isInstance(said.state())) {
            return;
        }
        S facts = machine.stateType().cast(said.state());
        if (said.node().equals(from) || host.believesRelays()) {
            believe(from, said.node(), facts);
        } else {
            SortedMap<NodeId, S> claimed = claims.computeIfAbsent(from, added -> new TreeMap<>());
            if (claimed.containsKey(said.node()) || claimed.size() < MOST_NODES) {
                merged(claimed.get(said.node()), facts)
                        .filter(this::isOfLength)
                        .ifPresent(image -> claimed.put(said.node(), image));
            }
        }
    }

    private void believe(NodeId from, NodeId node, S facts) {
        boolean kept = images.containsKey(node) || images.size() < MOST_NODES || node.equals(from) || node.equals(self);
        long before = revision;
        if (kept) {
            merged(images.get(node), facts).filter(this::isOfLength).ifPresent(image -> put(node, image));
        }
        if (revision > before) {
            Told teller = told(from);
            // Who has said it and was told all else has nothing to learn from it.
            teller.upTo = teller.upTo == before ? revision : teller.upTo;
            push();
        }
    }

    /** What was sent to a peer may be lost: it is told everything again. */
    void lost(NodeId peer) {
        if (used) {
            told.remove(peer);
        }
    }

    private void merge(NodeId node, S facts) {
        merged(images.get(node), facts).ifPresent(image -> put(node, image));
    }

    private void put(NodeId node, S image) {
        images.put(node, image);
        revision++;
        changedAt.put(node, revision);
    }

    private boolean isOfLength(S image) {
        StateWriter writer = new StateWriter();
        machine.writeStable(image, writer);
        return writer.length() <= MOST_BYTES;
    }

    /** What is known with the facts added; empty when they say nothing new. */
    private Optional<S> merged(@Nullable S image, S facts) {
        S known = image == null ? blank() : image;
        if (!machine.hasNewStable(facts, known)) {
            return Optional.empty();
        }
        S merged = machine.copy(known);
        machine.mergeStable(facts, merged);
        return Optional.of(merged);
    }

    private S blank() {
        if (blank.isEmpty()) {
            blank = Optional.of(machine.blank(state.get()));
        }
        return blank.get();
    }

    private Told told(NodeId peer) {
        return told.computeIfAbsent(peer, added -> new Told());
    }

    /** Tells a peer what is new to it; to be called when it was heard from too, so that nobody stays behind. */
    void tell(NodeId peer) {
        if (peer.equals(self) || revision == 0) {
            return;
        }
        Told known = told(peer);
        if (known.upTo == revision) {
            return;
        }
        long upTo = known.upTo;
        known.upTo = revision;
        images.forEach((node, image) -> {
            if (changedAt.getOrDefault(node, 0L) > upTo) {
                host.send(peer, new Envelope.StableFacts(node, image));
            }
        });
    }

    private final class Telling implements Host {
        @Override
        public long nowNanos() {
            return host.nowNanos();
        }

        @Override
        public long highestCheckpointNumber() {
            return host.highestCheckpointNumber();
        }

        @Override
        public long incarnation() {
            return host.incarnation();
        }

        @Override
        public boolean believesRelays() {
            return host.believesRelays();
        }

        @Override
        public void send(NodeId to, Envelope envelope) {
            tell(to);
            host.send(to, envelope);
        }

        @Override
        public void breakConnection(NodeId peer) {
            host.breakConnection(peer);
        }

        @Override
        public boolean isSuspected(NodeId peer) {
            return host.isSuspected(peer);
        }

        @Override
        public Alarm schedule(long delayNanos, Runnable task) {
            return host.schedule(delayNanos, task);
        }

        @Override
        public void handlerFailed(Event event, String described, RuntimeException failure) {
            host.handlerFailed(event, described, failure);
        }

        @Override
        public void turnedAway(Event event) {
            host.turnedAway(event);
        }

        @Override
        public void noted(String text) {
            host.noted(text);
        }
    }
}
