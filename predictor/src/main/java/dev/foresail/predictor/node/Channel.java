package dev.foresail.predictor.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a node keeps of one peer: counts of messages either way, the log of what it has sent and the peer is not known to
 * have received, and the aggregates that the peer exported last. Not thread-safe.
 *
 * <p>The log serves both the ledger rule ({@link LedgerRule}) and the reconstruction of what is in flight between
 * checkpoints. It is bounded: beyond {@link #LOG_LIMIT} the oldest entries are forgotten, which makes estimates for a
 * peer that never answers err on the low side, instead of growing without end.
 */
public final class Channel {
    static final int LOG_LIMIT = 1024;

    private long sent;
    private long received;
    private final Deque<SentMessage> log = new ArrayDeque<>();
    private Optional<Exported> exported = Optional.empty();
    /** One per aggregate, filled in as they are asked for; never copied, as copies can make their own. */
    private final List<Optional<FoldedEstimate>> folded = new ArrayList<>(1);

    /** Counts a message to the peer and returns its sequence number. */
    public long nextSequence() {
        return ++sent;
    }

    /** Remembers a message that was sent. */
    public void remember(long sequence, Object message) {
        if (log.size() == LOG_LIMIT) {
            log.removeFirst();
        }
        log.addLast(new SentMessage(sequence, message));
    }

    /** The peer's message {@code sequence} has been handled. */
    public void received(long sequence) {
        received = sequence;
    }

    public long sent() {
        return sent;
    }

    public long received() {
        return received;
    }

    /** What was sent and may not have been received, oldest first; a live view. */
    public Iterable<SentMessage> log() {
        return log;
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> logAfter(long sequence) {
        if (log.isEmpty() || log.peekLast().sequence() <= sequence) {
            return List.of();
        }
        List<SentMessage> after = new ArrayList<>();
        Iterator<SentMessage> latestFirst = log.descendingIterator();
        while (latestFirst.hasNext()) {
            SentMessage message = latestFirst.next();
            if (message.sequence() <= sequence) {
                break;
            }
            after.add(message);
        }
        Collections.reverse(after);
        return after;
    }

    /** The last estimate of aggregate {@code index}. */
    Optional<FoldedEstimate> folded(int index) {
        return index < folded.size() ? folded.get(index) : Optional.empty();
    }

    void fold(int index, FoldedEstimate estimate) {
        while (folded.size() <= index) {
            folded.add(Optional.empty());
        }
        folded.set(index, Optional.of(estimate));
    }

    public Optional<Exported> exported() {
        return exported;
    }

    /** Takes an export unless a later one is known already. */
    public void exported(Exported latest) {
        if (exported.isEmpty() || exported.get().received() <= latest.received()) {
            exported = Optional.of(latest);
        }
    }

    /** Forgets messages up to {@code sequence}: the peer has received them. */
    public void forgetUpTo(long sequence) {
        while (!log.isEmpty() && log.peekFirst().sequence() <= sequence) {
            log.removeFirst();
        }
    }

    Checkpoint.ChannelCheckpoint checkpoint() {
        return new Checkpoint.ChannelCheckpoint(
                sent, received, List.copyOf(log), exported.map(List::of).orElse(List.of()));
    }

    void restore(long sentCount, long receivedCount, List<SentMessage> entries, List<Exported> exports) {
        folded.clear();
        sent = sentCount;
        received = receivedCount;
        log.clear();
        log.addAll(entries);
        exported = exports.stream().findFirst();
    }

    /** An independent copy. */
    public Channel copy() {
        Channel copy = new Channel();
        copy.sent = sent;
        copy.received = received;
        copy.log.addAll(log);
        copy.exported = exported;
        return copy;
    }
}
