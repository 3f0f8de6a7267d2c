package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.predictor.lookahead.MeasuredLinkDelays;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.transport.NewsDesk;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the news of a node's links and what its process knows of the network. On the event loop; what takes time in proportion
 * to what is known is done by another thread, every now and then.
 */
final class LiveNews implements NewsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);
    /** When the prediction threads have no room. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** So many links are told of at once: some 75 bytes each. */
    private static final int AT_ONCE = 4;
    /** The most that a report may speak of. */
    private static final int ENTRIES = 256;

    private final NodeId self;
    private final NetworkKnowledge<NodeId> knowledge;
    private final MeasuredLinkDelays delays;
    private final LongSupplier clock;
    private final LimitedLog warnings;
    private final Executor slowly;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile List<LinkReport<NodeId>> exported = List.of();
    private long refreshAtNanos;
    private boolean kernelSilent;

    /** @param slowly a thread that may take its time */
    LiveNews(
            NodeId self,
            NetworkKnowledge<NodeId> knowledge,
            MeasuredLinkDelays delays,
            LongSupplier clock,
            LimitedLog warnings,
            Executor slowly) {
        this.self = self;
        this.knowledge = knowledge;
        this.delays = delays;
        this.clock = clock;
        this.warnings = warnings;
        this.slowly = slowly;
        this.refreshAtNanos = clock.getAsLong();
        knowledge.serve(self);
    }

    @Override
    public long nowNanos() {
        return clock.getAsLong();
    }

    @Override
    public Coordinate coordinate() {
        return knowledge.coordinate();
    }

    @Override
    public List<LinkReport<NodeId>> reports(NodeId to, long turn) {
        refreshWhenOld();
        List<LinkReport<NodeId>> all = exported;
        if (all.isEmpty()) {
            return all;
        }
        int rounds = (all.size() + AT_ONCE - 1) / AT_ONCE;
        int from = (int) (turn % rounds) * AT_ONCE;
        return all.subList(from, Math.min(all.size(), from + AT_ONCE));
    }

    private void refreshWhenOld() {
        long now = nowNanos();
        if (now - refreshAtNanos >= 0 && refreshing.compareAndSet(false, true)) {
            // What is known of a few links is looked through in no time, and grows fast.
            refreshAtNanos = now + REFRESH_NANOS / (exported.size() < AT_ONCE ? 10 : 1);
            try {
                slowly.execute(() -> refresh(now));
            } catch (RejectedExecutionException noRoom) {
                refreshing.set(false);
                refreshAtNanos = now + RETRY_NANOS;
                LOG.debug("{}: what is known of the network is looked through later", self);
            }
        }
    }

    private void refresh(long nowNanos) {
        try {
            untilTheEnd(() -> {
                exported = knowledge.export(ENTRIES, nowNanos);
                knowledge.plane().refit(nowNanos);
            });
        } finally {
            refreshing.set(false);
        }
    }

    /** Runs what an ending node interrupts; the library that solves equations on several threads tells of that in its own way. */
    static void untilTheEnd(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException stopped) {
            if (!isInterruption(stopped)) {
                throw stopped;
            }
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void sent(NodeId peer, long bytes, boolean limitedBySender, long nowNanos) {
        knowledge.plane().link(peer, nowNanos).sent(bytes, limitedBySender, nowNanos);
    }

    @Override
    public void acknowledged(NodeId peer, long bytes, long nowNanos) {
        knowledge.plane().link(peer, nowNanos).acknowledged(bytes, nowNanos);
    }

    @Override
    public void measured(NodeId peer, long roundTripNanos, long nowNanos) {
        delays.roundTrip(peer, roundTripNanos, nowNanos);
    }

    @Override
    public void transport(NodeId peer, TransportFigures figures, long nowNanos) {
        delays.transport(peer, figures, nowNanos);
    }

    @Override
    public void kernelSilent(String reason) {
        if (!kernelSilent) {
            kernelSilent = true;
            LOG.warn(
                    "[FS392] {}: the kernel does not say what it knows of connections, so round trips are those that nodes"
                            + " measure, and losses are not known: {}",
                    self,
                    reason);
        }
    }

    @Override
    public OptionalLong askedAgeNanos(NodeId peer, long nowNanos) {
        return knowledge.plane().askedAgeNanos(peer, nowNanos);
    }

    @Override
    public void probed(NodeId peer) {
        knowledge.plane().probed(peer);
    }

    @Override
    public void heard(NodeId peer, Coordinate place, OptionalLong roundTripNanos, long nowNanos) {
        boolean placed = roundTripNanos.isPresent()
                && knowledge.sample(peer, place, byKernel(peer, nowNanos).orElse(roundTripNanos.getAsLong()), nowNanos);
        if (!placed) {
            knowledge.hear(peer, place, nowNanos);
        }
    }

    /** Places are found by the round trips that links are known by. */
    private OptionalLong byKernel(NodeId peer, long nowNanos) {
        return knowledge.plane().measured(peer).filter(link -> link.isToldByKernel(nowNanos)).stream()
                .mapToLong(link -> (long) link.roundTripNanos(nowNanos).value())
                .findFirst();
    }

    @Override
    public void told(NodeId peer, Coordinate place, long roundTripNanos, long nowNanos) {
        boolean isMeasured = knowledge
                .plane()
                .measured(peer)
                .filter(link -> link.roundTripNanos(nowNanos).samples() > 0)
                .isPresent();
        if (!isMeasured) {
            knowledge.sampleTold(peer, place, roundTripNanos, nowNanos);
        } else {
            knowledge.hear(peer, place, nowNanos);
        }
    }

    @Override
    public void reported(NodeId peer, List<LinkReport<NodeId>> reports, long nowNanos) {
        knowledge
                .take(peer, reports, nowNanos)
                .ifPresent(problem -> warnings.warnOnce("FS365", peer, () -> self + ": " + withoutCode(problem)));
    }

    @Override
    public void ignored(NodeId peer, String code, String reason) {
        warnings.warnOnce(
                code, peer, () -> self + ": ignored news of " + peer + " that cannot be: " + withoutCode(reason));
    }

    /** The log says it already. */
    private static String withoutCode(String text) {
        return text.replaceFirst("^\\[FS\\d+] ", "");
    }
}
