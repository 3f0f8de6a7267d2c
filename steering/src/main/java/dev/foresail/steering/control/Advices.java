package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.BadPath;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.foresight.Foreseen;
import dev.foresail.predictor.node.RateLimit;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.predictor.trace.TraceFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells neighbours of paths to violations that concern them, and takes what they tell as hints: a hint has no effect but
 * that the next look ahead goes along it. What is told has the form of a trace ({@link TraceFile}) without what was seen at
 * its steps.
 *
 * <p>A node tells a peer of a path once, and less often than a peer may, so that no honest node is found to be a nuisance.
 *
 * <p>On the node's thread only.
 */
final class Advices {
    /** In characters, one byte each. */
    static final int LONGEST = 16_384;

    /** A look ahead takes more of what is under way, the longer the paths are that it goes along. */
    static final int MOST_STEPS = 32;

    static final int TOLD_PER_MINUTE = 6;
    static final int TAKEN_PER_MINUTE = 12;

    private static final int MOST_PEERS = 256;
    private static final int MOST_HEARD = 64;

    private final Intervention.Listener listener;
    private final Hints hints = new Hints();
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();

    Advices(Intervention.Listener listener) {
        this.listener = listener;
    }

    /** What a peer was told, and how often it may tell and be told. */
    private static final class Peer {
        private final RateLimit telling;
        private final RateLimit taking;
        /** What it was told or has told, the latest last. */
        private final Set<PathKey> heard = new LinkedHashSet<>();

        Peer(long nowNanos) {
            telling = RateLimit.perMinute(TOLD_PER_MINUTE, nowNanos);
            taking = RateLimit.perMinute(TAKEN_PER_MINUTE, nowNanos);
        }

        void hears(PathKey path) {
            heard.remove(path);
            heard.add(path);
            if (heard.size() > MOST_HEARD) {
                heard.remove(heard.iterator().next());
            }
        }
    }

    /** The least recently used makes room. */
    private Peer peer(NodeId id, long nowNanos) {
        Peer peer = Optional.ofNullable(peers.remove(id)).orElseGet(() -> new Peer(nowNanos));
        peers.put(id, peer);
        if (peers.size() > MOST_PEERS) {
            peers.remove(peers.keySet().iterator().next());
        }
        return peer;
    }

    /** Tells those of the neighbours of a danger whom it concerns and who have not heard of it from here. */
    void tell(Danger danger, Collection<NodeId> neighbours, SteeredNode<?> node) {
        if (neighbours.isEmpty() || danger.trace().steps().size() > MOST_STEPS) {
            return;
        }
        PathKey path = PathKey.of(danger.trace());
        String text = "";
        for (NodeId neighbour : neighbours) {
            Peer peer = peer(neighbour, node.nowNanos());
            if (peer.heard.contains(path)) {
                peer.hears(path);
            } else if (peer.telling.isTaken(1, node.nowNanos())) {
                text = text.isEmpty() ? text(danger.trace()) : text;
                if (text.length() <= LONGEST && node.advise(neighbour, text)) {
                    peer.hears(path);
                    listener.told(neighbour, danger);
                }
            }
        }
    }

    private static String text(Trace trace) {
        StringWriter text = new StringWriter();
        try {
            TraceFile.write(trace.bare(), text);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text can be written", impossible);
        }
        return text.toString();
    }

    /** @return whether there is something to look at that was not there before */
    boolean take(NodeId from, String text, Experience experience, long nowNanos, long untilNanos) {
        Peer peer = peer(from, nowNanos);
        if (!peer.taking.isTaken(1, nowNanos)) {
            listener.adviceLimited(from);
            return false;
        }
        try {
            Trace trace = trace(text);
            PathKey path = PathKey.of(trace);
            boolean isNews = !experience.knows(path) && hints.add(BadPath.hint(trace, from), from, untilNanos);
            peer.hears(path);
            listener.advised(from);
            return isNews;
        } catch (TraceException useless) {
            listener.adviceRefused(from, String.valueOf(useless.getMessage()));
            return false;
        }
    }

    private static Trace trace(String text) {
        if (text.length() > LONGEST) {
            throw new TraceException(
                    "FS250", "it has " + text.length() + " characters, and is to have at most " + LONGEST);
        }
        Trace trace;
        try {
            trace = TraceFile.read(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text can be read", impossible);
        }
        int steps = trace.steps().size();
        if (steps > MOST_STEPS) {
            throw new TraceException("FS250", "it has " + steps + " steps, and is to have at most " + MOST_STEPS);
        }
        if (trace.header().isLiveness()) {
            throw new TraceException(
                    "FS259",
                    "'" + trace.header().property() + "' is a liveness property, and is to be a safety property");
        }
        return trace;
    }

    /** What is to be gone along in a look ahead. */
    List<BadPath> hints(long nowNanos) {
        return hints.all(nowNanos);
    }

    /** A look ahead has ended: what it found to be of no use is dropped. */
    void looked(Foreseen foreseen) {
        for (Foreseen.Refused refused : foreseen.refused()) {
            hints.remove(refused.hint()).ifPresent(peer -> listener.adviceRefused(peer, refused.reason()));
        }
        for (Danger danger : foreseen.dangers()) {
            danger.origin().ifPresent(hints::remove);
        }
    }
}
