package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
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
    /** How often in a second a peer may make this node take a checkpoint, and how often it may ask for one. */
    private static final int MOST_PER_SECOND = 50;

    /** Of how many peers limits are kept before the first look at which of them are still needed. */
    private static final int FEWEST_TO_SWEEP = 64;

    /** Takes a checkpoint of the node as it is now, stamped with the number. */
    private final LongFunction<Checkpoint<S>> take;

    private final Host host;
    private final NodeSettings settings;
    private final NodeObserver observer;
    private final OwnCheckpoints<S> own;
    private final CheckpointBudget budget;
    private final BusyTime busy;
    private final SortedMap<NodeId, Limits> limits = new TreeMap<>();
    private int limitsToSweepAt = FEWEST_TO_SWEEP;
    private final SortedMap<NodeId, Gathered<S>> gathered = new TreeMap<>();
    private SortedMap<NodeId, Gathered<S>> consistent = new TreeMap<>();
    /**
     * Where answers count at once: the last of each peer that none of a round that has ended replaces. It outlives its round, which
     * may begin again, or end without another answer: else what is known of the peer would become older.
     */
    private final SortedMap<NodeId, Gathered<S>> early = new TreeMap<>();
    /** Made when it is asked for, and again when another answer has come. */
    private Optional<SortedMap<NodeId, Gathered<S>>> consistentLatest = Optional.empty();

    private final Consumer<Collection<NodeId>> roundEnded;
    /** This node as it was when the last round that has ended was begun. */
    private Optional<Checkpoint<S>> ownOfLastRound = Optional.empty();

    private long number;
    private Optional<Round<S>> round = Optional.empty();
    /** Asked for while a round was under way. */
    private Optional<Supplier<? extends Collection<NodeId>>> next = Optional.empty();

    /** The round that the last set is of. */
    private long lastRound;
    /** The greatest number that came with a message. */
    private long heardNumber = -1;
    /** The greatest number that was found possible by the clock. */
    private long plausibleNumber;

    private boolean scheduled;
    private long lastRoundNanos = Long.MIN_VALUE / 2;

    /** @param roundEnded told which neighbours have answered and are still connected */
    CheckpointKeeper(
            Host host,
            NodeSettings settings,
            NodeObserver observer,
            LongFunction<Checkpoint<S>> take,
            Consumer<Collection<NodeId>> roundEnded) {
        this.roundEnded = roundEnded;
        this.host = host;
        this.observer = observer;
        this.settings = settings;
        this.take = take;
        this.own = new OwnCheckpoints<>(settings.checkpointQuota());
        this.busy = new BusyTime(host::nowNanos);
        this.budget = new CheckpointBudget(host, settings.checkpointBytesPerSecond(), observer);
    }

    /**
     * A neighbour's checkpoint.
     *
     * @param round the number of the round that has brought it
     * @param takenNanos when that round was begun; as far as is known here, the checkpoint is as old as that
     * @param cameNanos when it came
     */
    record Gathered<S>(Checkpoint<S> checkpoint, long round, long takenNanos, long cameNanos) {}

    private static final class Round<S> {
        final long number;
        /** Those who are not asked too. */
        final Collection<NodeId> neighbours;

        final Checkpoint<S> own;
        final SortedSet<NodeId> awaited;
        final SortedMap<NodeId, Gathered<S>> answers = new TreeMap<>();
        /** The peers to which a connection has broken since the round began. */
        final SortedSet<NodeId> broken = new TreeSet<>();

        /** By whom, and how often, this gathering was made to begin again. */
        final SortedMap<NodeId, Integer> refusals;

        final Host.Alarm timeout;

        final long startedNanos;

        Round(
                long number,
                Checkpoint<S> own,
                Collection<NodeId> neighbours,
                Collection<NodeId> awaited,
                SortedMap<NodeId, Integer> refusals,
                Host.Alarm timeout,
                long startedNanos) {
            this.number = number;
            this.own = own;
            this.neighbours = neighbours;
            this.refusals = refusals;
            this.startedNanos = startedNanos;
            this.awaited = new TreeSet<>(awaited);
            this.timeout = timeout;
        }
    }

    long number() {
        return number;
    }

    /** What this, and what hears of rounds, takes of the node's thread. */
    BusyTime busy() {
        return busy;
    }

    /** This node at the cut of the last round that has ended; empty before. */
    Optional<Checkpoint<S>> ownOfLastRound() {
        return ownOfLastRound;
    }

    SortedMap<NodeId, Gathered<S>> gathered() {
        return gathered;
    }

    /** Those of the gathered checkpoints, the latest first, of which none contradicts another. */
    SortedMap<NodeId, Gathered<S>> consistent() {
        return consistent;
    }

    /** What is known for predictions: {@link #gathered}, and where answers count at once the last of each peer; never older than before. */
    SortedMap<NodeId, Gathered<S>> latest() {
        if (early.isEmpty()) {
            return gathered;
        }
        SortedMap<NodeId, Gathered<S>> latest = new TreeMap<>(gathered);
        latest.putAll(early);
        return latest;
    }

    /** Those of {@link #latest}, the latest first, of which none contradicts another. */
    SortedMap<NodeId, Gathered<S>> consistentLatest() {
        if (early.isEmpty()) {
            return consistent;
        }
        if (consistentLatest.isEmpty()) {
            consistentLatest = Optional.of(consistent(latest().values(), Optional.empty()));
        }
        return consistentLatest.get();
    }

    /** As {@link #consistent}, and none contradicts this checkpoint of the node itself. */
    SortedMap<NodeId, Gathered<S>> consistentWith(Checkpoint<S> cut) {
        return consistent(gathered.values(), Optional.of(cut));
    }

    /**
     * The checkpoints of the last round, as long as they make one consistent set with this node as it is now; then none. A
     * message that was sent behind the cut has at least its number. Whoever has sent it may have heard from anybody, so that
     * after it nobody's checkpoint is of one time with this node.
     */
    SortedMap<NodeId, Checkpoint<S>> consistentNow() {
        SortedMap<NodeId, Checkpoint<S>> now = new TreeMap<>();
        if (heardNumber < lastRound) {
            consistent.forEach((peer, one) -> {
                if (one.round() == lastRound) {
                    now.put(peer, one.checkpoint());
                }
            });
        }
        return now;
    }

    private static <S> SortedMap<NodeId, Gathered<S>> consistent(
            Collection<Gathered<S>> all, Optional<Checkpoint<S>> cut) {
        SortedMap<NodeId, Gathered<S>> chosen = new TreeMap<>();
        List<Gathered<S>> latestFirst = new ArrayList<>(all);
        latestFirst.sort(Comparator.comparingLong((Gathered<S> one) -> -one.round())
                .thenComparingLong(one -> contradictions(one, all)));
        for (Gathered<S> next : latestFirst) {
            boolean fits = cut.stream().allMatch(own -> own.isConsistentWith(next.checkpoint()));
            if (fits
                    && chosen.values().stream().allMatch(one -> one.checkpoint().isConsistentWith(next.checkpoint()))) {
                chosen.put(next.checkpoint().node(), next);
            }
        }
        return chosen;
    }

    /** With how many others it cannot have been at one time: a peer that lies contradicts more than those it lies about. */
    private static <S> long contradictions(Gathered<S> one, Collection<Gathered<S>> all) {
        return all.stream()
                .filter(other -> one.checkpoint()
                        .channels()
                        .containsKey(other.checkpoint().node()))
                .filter(other -> !other.checkpoint().isConsistentWith(one.checkpoint()))
                .count();
    }

    /** Whether there is, or is about to be, a checkpoint of the peer. */
    boolean knows(NodeId peer) {
        return gathered.containsKey(peer)
                || early.containsKey(peer)
                || round.filter(now -> now.answers.containsKey(peer) || now.awaited.contains(peer))
                        .isPresent();
    }

    /** To be called before a message with the sender's number is handled. */
    void beforeMessage(NodeId from, long senderNumber) {
        if (senderNumber >= 0 && senderNumber <= Math.min(number, heardNumber)) {
            return;
        }
        // A number that cannot be ends what is known now; taken at its word, it would end whatever comes to be known.
        heardNumber = Math.max(heardNumber, isPlausible(senderNumber) ? senderNumber : number);
        if (senderNumber > number && isPlausible(senderNumber) && mayForce(from)) {
            number = senderNumber;
            busy.during(() -> keep(take.apply(number)));
        }
    }

    /** What a peer may make this node do per second; beyond, the two are not consistent with each other for a while. */
    private static final class Limits {
        private final RateLimit forced;
        private final RateLimit requests;

        Limits(int perSecond, long nowNanos) {
            forced = new RateLimit(perSecond, nowNanos);
            requests = new RateLimit(perSecond, nowNanos);
        }

        boolean areWhole(long nowNanos) {
            return forced.isWhole(nowNanos) && requests.isWhole(nowNanos);
        }
    }

    /** They outlast the connection: else whoever connects again and again could do as much as it likes. */
    private Limits limits(NodeId peer) {
        Limits known = limits.get(peer);
        return known == null ? newLimits(peer) : known;
    }

    /** What is used up comes back within a second, and a limit of which all is left is as good as a new one. */
    private Limits newLimits(NodeId peer) {
        long now = host.nowNanos();
        if (limits.size() >= limitsToSweepAt) {
            limits.values().removeIf(each -> each.areWhole(now));
            limitsToSweepAt = Math.max(FEWEST_TO_SWEEP, 2 * limits.size());
        }
        Limits added = new Limits(MOST_PER_SECOND, now);
        limits.put(peer, added);
        return added;
    }

    private boolean mayForce(NodeId peer) {
        return isWithin(limits(peer).forced, peer);
    }

    private boolean isWithin(RateLimit limit, NodeId peer) {
        boolean within = limit.isTaken(1, host.nowNanos());
        if (!within) {
            observer.limited(peer);
        }
        return within;
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
        host.schedule(
                Math.max(0, wait),
                () -> budget.whenAffordable(() -> busy.during(() -> {
                    scheduled = false;
                    Collection<NodeId> all = new TreeSet<>(neighbours.get());
                    start(all, all, number + 1, new TreeMap<>());
                })));
    }

    /** @param asked those of the neighbours that may answer */
    private void start(
            Collection<NodeId> neighbours,
            Collection<NodeId> asked,
            long roundNumber,
            SortedMap<NodeId, Integer> refusals) {
        lastRoundNanos = host.nowNanos();
        gathered.keySet().retainAll(neighbours);
        consistent.keySet().retainAll(neighbours);
        early.keySet().retainAll(neighbours);
        consistentLatest = Optional.empty();
        if (neighbours.isEmpty()) {
            ownOfLastRound = Optional.of(take.apply(number));
            roundEnded.accept(List.of());
            return;
        }
        round.ifPresent(old -> old.timeout.cancel());
        number = Math.max(number, roundNumber);
        Checkpoint<S> taken = keep(take.apply(number));
        Host.Alarm timeout = host.schedule(settings.gatherTimeout().toNanos(), this::finish);
        // Whoever is suspected would only make the others' answers wait for the time-out.
        List<NodeId> awaited =
                asked.stream().filter(peer -> !host.isSuspected(peer)).toList();
        round = Optional.of(new Round<>(number, taken, neighbours, awaited, refusals, timeout, host.nowNanos()));
        for (NodeId neighbour : awaited) {
            budget.send(neighbour, new Envelope.CheckpointRequest(number));
        }
        round.ifPresent(this::finishWhenComplete);
    }

    /**
     * Whether a peer can have come to this number honestly; numbers only grow, so a wild one would stay for ever. A limit
     * relative to this node's own number would not do: a peer that lies could lead this node, in several leaps, to where the
     * others do not follow it. As what was plausible stays so, the clock is asked for the first message with a number only, and not for
     * each.
     */
    private boolean isPlausible(long claimed) {
        if (claimed > plausibleNumber) {
            plausibleNumber = Math.max(plausibleNumber, host.highestCheckpointNumber());
        }
        return claimed >= 0 && claimed <= plausibleNumber;
    }

    /** Answers a neighbour's request; later, or when it has ceased to wait not at all, if it would be beyond the budget. */
    void requested(NodeId from, long wanted) {
        if (isPlausible(wanted) && isWithin(limits(from).requests, from)) {
            budget.whenAffordable(from, settings.gatherTimeout(), () -> busy.during(() -> answer(from, wanted)));
        }
    }

    private void answer(NodeId from, long wanted) {
        if (wanted > own.last()) {
            if (wanted > number && !mayForce(from)) {
                return;
            }
            number = Math.max(number, wanted);
            keep(take.apply(number));
        }
        own.asked(from, wanted);
        Envelope answer = own.earliest(wanted)
                .<Envelope>map(checkpoint -> new Envelope.CheckpointAnswer(wanted, checkpoint))
                .orElseGet(() -> new Envelope.CheckpointRefused(wanted, number));
        budget.send(from, answer);
    }

    /** What was sent for gathering has left as a frame of so many bytes; for hosts whose frames have a length. */
    void sent(Envelope envelope, int frameBytes) {
        budget.sent(envelope, frameBytes);
    }

    /**
     * Takes a neighbour's answer; one to an earlier round is too late and ignored. One that cannot be is no answer, but
     * there will be no other: the round goes on without the neighbour.
     *
     * @param isPossible whether this node has sent what the checkpoint has received of it
     */
    void answered(NodeId from, long requested, Checkpoint<S> checkpoint, Predicate<Checkpoint<S>> isPossible) {
        Optional<String> impossible = impossible(from, requested, checkpoint, isPossible);
        if (impossible.isPresent()) {
            observer.doubted(from, impossible.get());
            round.filter(current -> current.number == requested && current.awaited.remove(from))
                    .ifPresent(this::finishWhenComplete);
            return;
        }
        busy.during(() -> accept(from, requested, checkpoint));
    }

    private void accept(NodeId from, long requested, Checkpoint<S> checkpoint) {
        round.filter(current -> current.number == requested && current.awaited.remove(from))
                .ifPresent(current -> {
                    observer.roundTrip(from, host.nowNanos() - current.startedNanos);
                    Gathered<S> answer =
                            new Gathered<>(checkpoint, current.number, current.startedNanos, host.nowNanos());
                    current.answers.put(from, answer);
                    if (settings.answersAtOnce()) {
                        early.put(from, answer);
                        consistentLatest = Optional.empty();
                    }
                    finishWhenComplete(current);
                });
    }

    private Optional<String> impossible(
            NodeId from, long requested, Checkpoint<S> checkpoint, Predicate<Checkpoint<S>> isPossible) {
        if (!checkpoint.node().equals(from)) {
            return Optional.of("it is of " + checkpoint.node());
        }
        if (checkpoint.number() < requested || !isPlausible(checkpoint.number())) {
            return Optional.of("its number is " + checkpoint.number() + ", asked for was " + requested);
        }
        return isPossible.test(checkpoint)
                ? Optional.empty()
                : Optional.of("it has received what was never sent to it from here");
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
                        budget.whenAffordable(() -> round.filter(same -> same == now)
                                .ifPresent(same -> busy.during(() -> startAgain(same, current))));
                    }
                });
    }

    private void startAgain(Round<S> refused, long current) {
        SortedSet<NodeId> asked = new TreeSet<>(refused.awaited);
        asked.addAll(refused.answers.keySet());
        start(refused.neighbours, asked, Math.max(number, current) + 1, refused.refusals);
    }

    /** The connection to a peer is broken: the round goes on without it. Its last checkpoint is kept. */
    void lost(NodeId peer) {
        round.ifPresent(current -> current.broken.add(peer));
        own.forget(peer);
        budget.lost(peer);
        round.filter(current -> current.awaited.remove(peer)).ifPresent(this::finishWhenComplete);
    }

    private void finishWhenComplete(Round<S> current) {
        if (current.awaited.isEmpty()) {
            current.timeout.cancel();
            finish();
        }
    }

    private void finish() {
        busy().during(this::end);
    }

    private void end() {
        round.ifPresent(done -> {
            gathered.putAll(done.answers);
            early.keySet().removeAll(done.answers.keySet());
            consistentLatest = Optional.empty();
            ownOfLastRound = Optional.of(done.own);
            lastRound = done.number;
            consistent = consistent(gathered.values(), Optional.empty());
            round = Optional.empty();
            done.answers.keySet().removeAll(done.broken);
            roundEnded.accept(done.answers.keySet());
        });
        next.ifPresent(neighbours -> {
            next = Optional.empty();
            gatherSoon(neighbours);
        });
    }

    private Checkpoint<S> keep(Checkpoint<S> checkpoint) {
        Optional<Checkpoint<S>> same = own.latest().filter(latest -> latest.number() == checkpoint.number());
        if (same.isEmpty()) {
            own.add(checkpoint);
        }
        return same.orElse(checkpoint);
    }
}
