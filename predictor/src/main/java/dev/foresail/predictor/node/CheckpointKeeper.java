package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Takes this node's checkpoints and gathers consistent sets of the neighbours' (CrystalBall section 3; after Manivannan
 * and Singhal's quasi-synchronous checkpointing).
 *
 * <p>Idea: every message carries the sender's checkpoint number, and a receiver with a lower one takes a forced checkpoint
 * before the handler runs. Hence the earliest checkpoints with at least the number c, one of every node, form a
 * consistent set: no message was received before the cut and sent behind it. Trade-off: no markers and no waiting, for a
 * copy of the state at every forced checkpoint. Weakness: a node that forgot the wanted checkpoint must refuse, and the
 * round is repeated with a higher number.
 *
 * <p>Not thread-safe.
 */
final class CheckpointKeeper<S> {
    /** How often a peer may make one gathering begin again; then it goes on without the peer. */
    private static final int MOST_REFUSALS = 3;

    /** Takes a checkpoint of the node as it is now, stamped with the number. */
    private final LongFunction<Checkpoint<S>> take;

    private final NodeId self;
    private final Host host;
    private final NodeSettings settings;
    private final NodeObserver observer;
    private final Deque<Checkpoint<S>> own = new ArrayDeque<>();
    private final SortedMap<NodeId, Gathered<S>> gathered = new TreeMap<>();
    private final Runnable roundEnded;
    /** This node as it was when the last round that has ended was begun. */
    private Optional<Checkpoint<S>> ownOfLastRound = Optional.empty();

    private long number;
    private long prunedUpTo;
    private Optional<Round<S>> round = Optional.empty();
    /** Asked for while a round was under way. */
    private Optional<Supplier<? extends Collection<NodeId>>> next = Optional.empty();

    private boolean scheduled;
    private long lastRoundNanos = Long.MIN_VALUE / 2;

    CheckpointKeeper(
            NodeId self,
            Host host,
            NodeSettings settings,
            NodeObserver observer,
            LongFunction<Checkpoint<S>> take,
            Runnable roundEnded) {
        this.roundEnded = roundEnded;
        this.self = self;
        this.host = host;
        this.observer = observer;
        this.settings = settings;
        this.take = take;
    }

    /** A neighbour's checkpoint and when it came. */
    record Gathered<S>(Checkpoint<S> checkpoint, long atNanos) {
        Gathered<S> without(NodeId peer) {
            return new Gathered<>(checkpoint.without(peer), atNanos);
        }
    }

    private static final class Round<S> {
        final long number;
        Checkpoint<S> own;
        final SortedSet<NodeId> awaited;
        final SortedMap<NodeId, Gathered<S>> answers = new TreeMap<>();
        /** By whom, and how often, this gathering was made to begin again. */
        final SortedMap<NodeId, Integer> refusals;

        final Host.Alarm timeout;

        final long startedNanos;

        Round(
                long number,
                Checkpoint<S> own,
                Collection<NodeId> awaited,
                SortedMap<NodeId, Integer> refusals,
                Host.Alarm timeout,
                long startedNanos) {
            this.number = number;
            this.own = own;
            this.refusals = refusals;
            this.startedNanos = startedNanos;
            this.awaited = new TreeSet<>(awaited);
            this.timeout = timeout;
        }
    }

    long number() {
        return number;
    }

    /** This node at the cut of the last round that has ended; empty before. */
    Optional<Checkpoint<S>> ownOfLastRound() {
        return ownOfLastRound;
    }

    SortedMap<NodeId, Gathered<S>> gathered() {
        return gathered;
    }

    /** To be called before a message with the sender's number is handled. */
    void beforeMessage(long senderNumber) {
        if (senderNumber > number && isPlausible(senderNumber)) {
            number = senderNumber;
            keep(take.apply(number));
        }
    }

    /**
     * Starts a round soon, unless one is about to start; while one is under way, when it ends. Cutting it short instead
     * would starve rounds wherever changes come faster than answers.
     */
    void gatherSoon(Supplier<? extends Collection<NodeId>> neighbours) {
        if (round.isPresent()) {
            next = Optional.of(neighbours);
        } else if (!scheduled) {
            schedule(neighbours);
        }
    }

    private void schedule(Supplier<? extends Collection<NodeId>> neighbours) {
        scheduled = true;
        long wait = lastRoundNanos + settings.minimumGatherInterval().toNanos() - host.nowNanos();
        host.schedule(Math.max(0, wait), () -> {
            scheduled = false;
            start(neighbours.get(), number + 1, new TreeMap<>());
        });
    }

    private void start(Collection<NodeId> neighbours, long roundNumber, SortedMap<NodeId, Integer> refusals) {
        lastRoundNanos = host.nowNanos();
        gathered.keySet().retainAll(neighbours);
        if (neighbours.isEmpty()) {
            return;
        }
        round.ifPresent(old -> old.timeout.cancel());
        number = Math.max(number, roundNumber);
        Checkpoint<S> taken = keep(take.apply(number));
        Host.Alarm timeout = host.schedule(settings.gatherTimeout().toNanos(), this::finish);
        // Whoever is suspected would only make the others' answers wait for the time-out.
        List<NodeId> awaited =
                neighbours.stream().filter(peer -> !host.isSuspected(peer)).toList();
        round = Optional.of(new Round<>(number, taken, awaited, refusals, timeout, host.nowNanos()));
        for (NodeId neighbour : awaited) {
            host.send(neighbour, new Envelope.CheckpointRequest(number));
        }
        round.ifPresent(this::finishWhenComplete);
    }

    /**
     * Whether a peer can have come to this number honestly; numbers only grow, so a wild one would stay for ever. A limit
     * relative to this node's own number would not do: a peer that lies could lead this node, in several leaps, to where the
     * others do not follow it.
     */
    private boolean isPlausible(long claimed) {
        return claimed >= 0 && claimed <= host.highestCheckpointNumber();
    }

    /** Answers a neighbour's request. */
    void requested(NodeId from, long wanted) {
        if (!isPlausible(wanted)) {
            return;
        }
        if (wanted > number) {
            number = wanted;
            keep(take.apply(wanted));
        }
        if (wanted <= prunedUpTo) {
            host.send(from, new Envelope.CheckpointRefused(wanted, number));
            return;
        }
        Optional<Checkpoint<S>> earliest =
                own.stream().filter(kept -> kept.number() >= wanted).findFirst();
        Checkpoint<S> answer = earliest.orElseGet(() -> keep(take.apply(number)));
        host.send(from, new Envelope.CheckpointAnswer(wanted, answer));
    }

    /** Takes a neighbour's answer; one to an earlier round is too late and ignored. */
    void answered(NodeId from, long requested, Checkpoint<S> checkpoint) {
        if (!checkpoint.node().equals(from) || checkpoint.number() < requested) {
            return;
        }
        round.filter(current -> current.number == requested && current.awaited.remove(from))
                .ifPresent(current -> {
                    observer.roundTrip(from, host.nowNanos() - current.startedNanos);
                    current.answers.put(from, new Gathered<>(checkpoint, host.nowNanos()));
                    finishWhenComplete(current);
                });
    }

    /**
     * A neighbour has pruned what was asked for: the round starts again with a number that it still has. One that refuses
     * over and over is left out, as it would keep the others' answers from being used.
     */
    void refused(NodeId from, long requested, long current) {
        if (!isPlausible(current)) {
            return;
        }
        round.filter(now -> now.number == requested && now.awaited.contains(from))
                .ifPresent(now -> {
                    if (now.refusals.merge(from, 1, Integer::sum) > MOST_REFUSALS) {
                        now.awaited.remove(from);
                        finishWhenComplete(now);
                    } else {
                        SortedSet<NodeId> all = new TreeSet<>(now.awaited);
                        all.addAll(now.answers.keySet());
                        start(all, Math.max(number, current) + 1, now.refusals);
                    }
                });
    }

    /**
     * The connection to a peer is broken: the round goes on without it. Its last checkpoint is kept but for the channel
     * to this node, as messages on a new connection are counted from 1 again.
     */
    void lost(NodeId peer) {
        gathered.computeIfPresent(peer, (id, last) -> last.without(self));
        ownOfLastRound = ownOfLastRound.map(own -> own.without(peer));
        round.ifPresent(current -> {
            current.own = current.own.without(peer);
            current.answers.computeIfPresent(peer, (id, answer) -> answer.without(self));
        });
        round.filter(current -> current.awaited.remove(peer)).ifPresent(this::finishWhenComplete);
    }

    private void finishWhenComplete(Round<S> current) {
        if (current.awaited.isEmpty()) {
            current.timeout.cancel();
            finish();
        }
    }

    private void finish() {
        round.ifPresent(done -> {
            gathered.putAll(done.answers);
            ownOfLastRound = Optional.of(done.own);
        });
        round = Optional.empty();
        roundEnded.run();
        next.ifPresent(neighbours -> {
            next = Optional.empty();
            gatherSoon(neighbours);
        });
    }

    private Checkpoint<S> keep(Checkpoint<S> checkpoint) {
        if (!own.isEmpty() && own.peekLast().number() == checkpoint.number()) {
            return own.peekLast();
        }
        own.addLast(checkpoint);
        while (own.size() > settings.checkpointQuota()) {
            prunedUpTo = own.removeFirst().number();
        }
        return checkpoint;
    }
}
