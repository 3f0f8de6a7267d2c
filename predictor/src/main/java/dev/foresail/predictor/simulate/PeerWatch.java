package dev.foresail.predictor.simulate;

/** What a simulated node's failure detector knows of a peer. Not thread-safe. */
final class PeerWatch {
    /** The start of the peer that is watched; another one is another watch. */
    final long peerIncarnation;

    final long metAtNanos;
    /** When the peer was heard last, before its latest silence. */
    long lastHeardNanos;
    /** How long the watching node had been paused before the peer's latest silence. */
    long pausedBeforeNanos;
    /** Whether the peer was suspected in its latest silence. */
    boolean suspected;
    /** Since when there is no connection; {@link Long#MAX_VALUE} while there is one. */
    long unlinkedAtNanos = Long.MAX_VALUE;

    PeerWatch(long peerIncarnation, long metAtNanos) {
        this.peerIncarnation = peerIncarnation;
        this.metAtNanos = metAtNanos;
        this.lastHeardNanos = metAtNanos;
    }
}
