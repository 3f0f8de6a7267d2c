package dev.foresail.predictor.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    /** Between the numbers of connections there is room for {@link #broken()}. */
    static final long NUMBER_STEP = 2;

    private long connection;
    private long peerConnection;
    private List<PossiblyDelivered> possiblyDelivered = List.of();

    private int notedAsNeighbourAt;
    private long sent;
    private long received;
    /** Nothing as long as nothing is to be remembered. */
    private @Nullable SentLog log;

    private Optional<Exported> exported = Optional.empty();
    /** One per aggregate, filled in as they are asked for; never copied, as copies can make their own. */
    private List<Optional<FoldedEstimate>> folded = List.of();

    /** A channel whose connection is not told from others. */
    public Channel() {
        this(0, 0);
    }

    /**
     * @param connection this node's number of the connection: of two connections from one node the later one has the greater
     * @param peerConnection the peer's number of the last connection that was heard, or {@link #broken()}
     */
    Channel(long connection, long peerConnection) {
        this.connection = connection;
        this.peerConnection = peerConnection;
    }

    long connection() {
        return connection;
    }

    long peerConnection() {
        return peerConnection;
    }

    /** The peer has opened this connection, by its own number. */
    void opened(long number) {
        peerConnection = number;
        received = 0;
    }

    /** What stands for the peer's connection once it is broken: later than that connection, earlier than the next. */
    long broken() {
        return broken(peerConnection);
    }

    static long broken(long peerConnection) {
        return peerConnection % NUMBER_STEP == 0 && peerConnection > 0 ? peerConnection + 1 : peerConnection;
    }

    /** Whether the peer's message, sent over a broken connection, may be received here yet. */
    public boolean mayReceive(PossiblyDelivered message) {
        return message.isOpen(peerConnection, received);
    }

    /** How many of the messages that the peer has sent over {@code sender} have been received, or will never be. */
    public long receivedOf(Channel sender) {
        return receivedOf(sender.connection, peerConnection, received);
    }

    static long receivedOf(long senderConnection, long heardConnection, long received) {
        if (heardConnection > senderConnection) {
            return Long.MAX_VALUE;
        }
        return heardConnection == senderConnection ? received : 0;
    }

    /** What was sent over connections that are broken and may have been received, oldest first. */
    public List<PossiblyDelivered> possiblyDelivered() {
        return possiblyDelivered;
    }

    /** Counts a message to the peer and returns its sequence number. */
    public long nextSequence() {
        return ++sent;
    }

    /** Whether the peer was a neighbour by that revision of the neighbours, as was noted. */
    boolean isNotedAsNeighbour(int revision) {
        return notedAsNeighbourAt == revision;
    }

    void noteAsNeighbour(int revision) {
        notedAsNeighbourAt = revision;
    }

    /** Remembers a message that was sent. */
    public void remember(long sequence, Object message) {
        ownLog().add(sequence, message);
    }

    private SentLog ownLog() {
        SentLog own = log;
        if (own == null) {
            own = new SentLog(LOG_LIMIT);
            log = own;
        }
        return own;
    }

    /** The peer's message {@code sequence} has been handled. */
    public void received(long sequence) {
        received = sequence;
    }

    /**
     * As {@link #received(long)}, over the connection of the other end's channel: the first message over it may be the one by
     * which this end hears of the connection.
     *
     * @param sender empty when it is not known
     */
    public void received(long sequence, Optional<Channel> sender) {
        peerConnection = sender.map(Channel::connection).orElse(peerConnection);
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
        return log == null ? List.of() : log;
    }

    /** What was sent after message {@code sequence}, oldest first. */
    List<SentMessage> logAfter(long sequence) {
        return log == null ? List.of() : log.after(sequence);
    }

    /** The last estimate of aggregate {@code index}. */
    Optional<FoldedEstimate> folded(int index) {
        return index < folded.size() ? folded.get(index) : Optional.empty();
    }

    void fold(int index, FoldedEstimate estimate) {
        folded = folded.isEmpty() ? new ArrayList<>(1) : folded;
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
        if (log != null) {
            log.forgetUpTo(sequence);
        }
    }

    /** @param uncertain what was sent over connections that are broken and may have been received */
    Checkpoint.ChannelCheckpoint checkpoint(List<PossiblyDelivered> uncertain) {
        return new Checkpoint.ChannelCheckpoint(
                sent,
                received,
                log == null ? List.of() : log.all(),
                exported.map(List::of).orElse(List.of()),
                connection,
                peerConnection,
                uncertain);
    }

    static Channel restored(Checkpoint.ChannelCheckpoint checkpoint) {
        Channel channel = new Channel(checkpoint.connection(), checkpoint.peerConnection());
        channel.sent = checkpoint.sent();
        channel.received = checkpoint.received();
        if (!checkpoint.log().isEmpty()) {
            channel.ownLog().addAll(checkpoint.log());
        }
        channel.exported = checkpoint.exported().stream().findFirst();
        channel.possiblyDelivered = checkpoint.possiblyDelivered();
        return channel;
    }

    /** An independent copy. */
    public Channel copy() {
        Channel copy = new Channel(connection, peerConnection);
        copy.possiblyDelivered = possiblyDelivered;
        copy.sent = sent;
        copy.received = received;
        if (log != null) {
            copy.ownLog().addAll(log);
        }
        copy.exported = exported;
        return copy;
    }
}
