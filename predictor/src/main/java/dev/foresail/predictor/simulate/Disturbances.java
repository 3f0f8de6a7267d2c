package dev.foresail.predictor.simulate;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.LinkFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with the ways between nodes besides cuts: what has to wait there, what takes longer, what is lost, comes twice or late.
 * Draws from streams of its own, one for each way and kind of fault. Not thread-safe.
 *
 * <p>Idea: a way that is clogged or held has a queue, in which whatever leaves waits, messages and the news of broken connections alike, and
 * leaves in order when nothing holds it back. A clogged node has no queues, only a time until when: the queue of a way is made when
 * something leaves over it.
 */
final class Disturbances<S> {
    /** How much later than usual a copy or an overtaken message may come, in terms of what it takes usually. */
    private static final int LATEST = 4;

    private final Simulation<S> simulation;
    /** By the endpoints of a way; only ever looked up, so their order does not matter. */
    private final Map<Long, Way<S>> ways = new HashMap<>();
    /** By endpoint, until when what is sent from it and to it waits; only ever looked up. */
    private final Map<Integer, Long> cloggedNodes = new HashMap<>();

    private boolean none = true;

    Disturbances(Simulation<S> simulation) {
        this.simulation = simulation;
    }

    /**
     * What waits.
     *
     * @param flight empty when it is the news of a connection's end
     */
    record Waiting<S>(Optional<Flight<S>> flight, Runnable leave) {}

    /** What becomes of a message; times are after its usual arrival. */
    record Fate(boolean isLost, boolean isDoubled, long doubledAfterNanos, boolean isLate, long lateNanos) {
        private static final Fate USUAL = new Fate(false, false, 0, false, 0);
    }

    /** The way from one node to another. */
    static final class Way<S> {
        final Deque<Waiting<S>> waiting = new ArrayDeque<>();
        boolean held;
        private long cloggedUntilNanos;
        private long lastArrivalNanos;
        private long silentUntilNanos = Long.MIN_VALUE;
        private LinkFault.DelaySpike spike = NO_SPIKE;
        private long spikeUntilNanos;
        private final Chance losses;
        private final Chance doubles;
        private final Chance overtakes;

        private static final LinkFault.DelaySpike NO_SPIKE = new LinkFault.DelaySpike(1, Duration.ZERO);

        private Way(long seed, int from, int to) {
            losses = new Chance(RandomStream.of(seed, "loss", from, to));
            doubles = new Chance(RandomStream.of(seed, "duplicating", from, to));
            overtakes = new Chance(RandomStream.of(seed, "unordered", from, to));
        }
    }

    /** What happens to a message with some probability for a while. */
    private static final class Chance {
        private final RandomStream random;
        private double rate;
        private long untilNanos;

        Chance(RandomStream random) {
            this.random = random;
        }

        void set(double newRate, long newUntilNanos) {
            rate = newRate;
            untilNanos = newUntilNanos;
        }

        boolean happens(long nowNanos) {
            return nowNanos < untilNanos && random.nextDouble() < rate;
        }

        /** A time from 0 to some times what is usual. */
        long nanos(long usualNanos) {
            return (long) (random.nextDouble() * LATEST * Math.max(usualNanos, 1));
        }
    }

    /** Whether nothing was ever wrong. */
    boolean isNone() {
        return none;
    }

    /** Everything but a cut begins now. */
    void begin(LinkFault fault, SimulatedNode<S> from, SimulatedNode<S> to, long untilNanos) {
        simulation.suspicions().delayed(from, to);
        long nowNanos = simulation.nowNanos();
        Way<S> way = way(from, to);
        long figure = 0;
        if (fault instanceof LinkFault.Clog) {
            way.cloggedUntilNanos = Math.max(way.cloggedUntilNanos, untilNanos);
        } else if (fault instanceof LinkFault.DelaySpike spike) {
            way.spike = spike;
            way.spikeUntilNanos = untilNanos;
            long latencyNanos = simulation.network().latencyNanos(from, to);
            silence(way, Math.min(untilNanos, Simulation.later(nowNanos, latencyNanos)));
            figure = Double.doubleToLongBits(spike.factor()) + spike.extra().toNanos();
        } else if (fault instanceof LinkFault.Loss loss) {
            way.losses.set(loss.rate(), untilNanos);
            silence(way, loss.rate() < 1 ? Long.MIN_VALUE : untilNanos);
            figure = Double.doubleToLongBits(loss.rate());
        } else if (fault instanceof LinkFault.Duplicating doubled) {
            way.doubles.set(doubled.rate(), untilNanos);
            figure = Double.doubleToLongBits(doubled.rate());
        } else if (fault instanceof LinkFault.Unordered unordered) {
            way.overtakes.set(unordered.rate(), untilNanos);
            figure = Double.doubleToLongBits(unordered.rate());
        }
        simulation.trace().disturbed(from, to, fault.label(), untilNanos, figure);
    }

    private static void silence(Way<?> way, long untilNanos) {
        way.silentUntilNanos = Math.max(way.silentUntilNanos, untilNanos);
    }

    void clog(SimulatedNode<S> node, long untilNanos) {
        none = false;
        simulation.suspicions().clogged(node);
        simulation.trace().disturbed(node, node, "clog", untilNanos, 0);
        cloggedNodes.merge(node.endpoint(), untilNanos, Math::max);
    }

    /** The way from one node to another, to be held. */
    Way<S> way(SimulatedNode<S> from, SimulatedNode<S> to) {
        none = false;
        return ways.computeIfAbsent(
                key(from, to), made -> new Way<>(simulation.settings().seed(), from.endpoint(), to.endpoint()));
    }

    private Optional<Way<S>> existing(SimulatedNode<S> from, SimulatedNode<S> to) {
        return Optional.ofNullable(ways.get(key(from, to)));
    }

    private static long key(SimulatedNode<?> from, SimulatedNode<?> to) {
        return (long) from.endpoint() << Integer.SIZE | to.endpoint();
    }

    private long cloggedUntilNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        if (from == to) {
            return Long.MIN_VALUE;
        }
        long ends = Math.max(
                cloggedNodes.getOrDefault(from.endpoint(), Long.MIN_VALUE),
                cloggedNodes.getOrDefault(to.endpoint(), Long.MIN_VALUE));
        return Math.max(
                ends, existing(from, to).map(way -> way.cloggedUntilNanos).orElse(Long.MIN_VALUE));
    }

    /** Until when heartbeats of one node do not get to another in time; a time that is past when they do. */
    long silentUntilNanos(SimulatedNode<S> from, SimulatedNode<S> to) {
        if (none) {
            return Long.MIN_VALUE;
        }
        long silent = existing(from, to)
                .map(way -> way.held ? Long.MAX_VALUE : way.silentUntilNanos)
                .orElse(Long.MIN_VALUE);
        return Math.max(silent, cloggedUntilNanos(from, to));
    }

    /** Whether what leaves now has to wait; then it leaves later, behind what waits already. */
    boolean keepsWaiting(SimulatedNode<S> from, SimulatedNode<S> to, Waiting<S> leaving) {
        long freeAtNanos = cloggedUntilNanos(from, to);
        Optional<Way<S>> existing = existing(from, to);
        boolean isFree = freeAtNanos <= simulation.nowNanos()
                && existing.map(way -> !way.held && way.waiting.isEmpty()).orElse(true);
        if (isFree) {
            return false;
        }
        Way<S> way = way(from, to);
        way.waiting.addLast(leaving);
        if (way.waiting.size() == 1 && !way.held) {
            freeAt(from, to, freeAtNanos);
        }
        return true;
    }

    /** Something in order will come to the other end then. */
    void comes(SimulatedNode<S> from, SimulatedNode<S> to, long arrivalNanos) {
        existing(from, to).ifPresent(way -> way.lastArrivalNanos = Math.max(way.lastArrivalNanos, arrivalNanos));
    }

    /** In how long the news of a connection's end comes, which would take so long alone, that has waited behind other things. */
    long behindNanos(SimulatedNode<S> from, SimulatedNode<S> to, long aloneNanos) {
        long lastNanos = existing(from, to).map(way -> way.lastArrivalNanos).orElse(0L);
        return Math.max(aloneNanos, lastNanos + 1 - simulation.nowNanos());
    }

    private void freeAt(SimulatedNode<S> from, SimulatedNode<S> to, long atNanos) {
        simulation.scheduleOutside(from, atNanos, () -> free(from, to));
    }

    /** What waits leaves, unless something else holds it back. */
    void free(SimulatedNode<S> from, SimulatedNode<S> to) {
        Way<S> way = way(from, to);
        long freeAtNanos = cloggedUntilNanos(from, to);
        if (way.held || way.waiting.isEmpty()) {
            return;
        }
        if (freeAtNanos > simulation.nowNanos()) {
            freeAt(from, to, freeAtNanos);
            return;
        }
        while (!way.waiting.isEmpty()) {
            way.waiting.removeFirst().leave().run();
        }
    }

    /** Nobody holds the way any more. */
    void unhold(SimulatedNode<S> from, SimulatedNode<S> to) {
        Way<S> way = way(from, to);
        way.held = false;
        silence(way, simulation.nowNanos());
        free(from, to);
    }

    /** What takes so long usually takes so long now. */
    long delayedNanos(SimulatedNode<S> from, SimulatedNode<S> to, long usualNanos) {
        Optional<Way<S>> existing = existing(from, to);
        if (existing.isEmpty() || simulation.nowNanos() >= existing.get().spikeUntilNanos) {
            return usualNanos;
        }
        LinkFault.DelaySpike spike = existing.get().spike;
        return Simulation.later(
                Simulation.later(0, (long) (usualNanos * spike.factor())),
                spike.extra().toNanos());
    }

    /** What becomes of a message that usually takes so long. */
    Fate fate(SimulatedNode<S> from, SimulatedNode<S> to, long usualNanos) {
        Optional<Way<S>> existing = existing(from, to);
        if (existing.isEmpty()) {
            return Fate.USUAL;
        }
        Way<S> way = existing.get();
        long nowNanos = simulation.nowNanos();
        boolean isLost = way.losses.happens(nowNanos);
        boolean isDoubled = way.doubles.happens(nowNanos);
        boolean isLate = way.overtakes.happens(nowNanos);
        return new Fate(
                isLost,
                isDoubled,
                isDoubled ? way.doubles.nanos(usualNanos) : 0,
                isLate,
                isLate ? way.overtakes.nanos(usualNanos) : 0);
    }
}
