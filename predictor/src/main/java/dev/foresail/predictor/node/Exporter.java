package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Keeps the aggregates fresh: subscribes to the neighbours whose values enter this node's, and sends this node's values
 * to its subscribers when they, or what they have seen of the subscriber's hand-overs, change. Not thread-safe.
 */
final class Exporter {
    private final Host host;
    private final long intervalNanos;
    private final Map<NodeId, Channel> channels;
    private final Supplier<List<Object>> values;
    private final SortedMap<NodeId, Subscriber> subscribers = new TreeMap<>();
    private final SortedSet<NodeId> subscriptions = new TreeSet<>();

    /**
     * @param channels the node's channels, a live view
     * @param values this node's aggregates as they are now
     */
    Exporter(Host host, long intervalNanos, Map<NodeId, Channel> channels, Supplier<List<Object>> values) {
        this.host = host;
        this.intervalNanos = intervalNanos;
        this.channels = channels;
        this.values = values;
    }

    private static final class Subscriber {
        List<Object> lastValues = List.of();
        long lastExportNanos = Long.MIN_VALUE / 2;
        boolean handOverSeen;
        boolean scheduled;
    }

    /** Subscribes to exactly {@code wanted}. */
    void follow(Collection<NodeId> wanted) {
        if (subscriptions.size() == wanted.size() && subscriptions.containsAll(wanted)) {
            return;
        }
        for (NodeId gone : List.copyOf(subscriptions)) {
            if (!wanted.contains(gone)) {
                subscriptions.remove(gone);
                host.send(gone, new Envelope.Unsubscribe());
            }
        }
        for (NodeId added : wanted) {
            if (subscriptions.add(added)) {
                host.send(added, new Envelope.Subscribe());
            }
        }
    }

    /** Whether this node has subscribed to the peer. */
    boolean follows(NodeId peer) {
        return subscriptions.contains(peer);
    }

    void subscribed(NodeId peer) {
        subscribers.put(peer, new Subscriber());
        changed();
    }

    void unsubscribed(NodeId peer) {
        subscribers.remove(peer);
    }

    /** The connection to the peer is gone, and with it the subscriptions either way. */
    void lost(NodeId peer) {
        subscribers.remove(peer);
        subscriptions.remove(peer);
    }

    /** A hand-over of {@code peer} has had its effect, which its ledger has to learn even when no value has changed. */
    void handOverSeen(NodeId peer) {
        Subscriber subscriber = subscribers.get(peer);
        if (subscriber != null) {
            subscriber.handOverSeen = true;
        }
    }

    /** Something may have changed: exports what did, now or when the interval is over. */
    void changed() {
        if (subscribers.isEmpty()) {
            return;
        }
        List<Object> current = values.get();
        subscribers.forEach((peer, subscriber) -> {
            if (!subscriber.scheduled && (subscriber.handOverSeen || !subscriber.lastValues.equals(current))) {
                exportSoon(peer, subscriber, current);
            }
        });
    }

    private void exportSoon(NodeId peer, Subscriber subscriber, List<Object> current) {
        long wait = subscriber.lastExportNanos + intervalNanos - host.nowNanos();
        if (wait <= 0) {
            export(peer, subscriber, current);
            return;
        }
        subscriber.scheduled = true;
        host.schedule(wait, () -> {
            subscriber.scheduled = false;
            if (subscribers.get(peer) == subscriber) {
                export(peer, subscriber, values.get());
            }
        });
    }

    private void export(NodeId peer, Subscriber subscriber, List<Object> current) {
        subscriber.lastExportNanos = host.nowNanos();
        subscriber.lastValues = current;
        subscriber.handOverSeen = false;
        Channel channel = channels.get(peer);
        host.send(peer, new Envelope.AggregateExport(channel == null ? 0 : channel.received(), current));
    }
}
