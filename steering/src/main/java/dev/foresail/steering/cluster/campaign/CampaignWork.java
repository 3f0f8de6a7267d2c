package dev.foresail.steering.cluster.campaign;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MemberWork;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.campaign.CampaignMessages.Report;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slots of a member in one campaign. Each asks for more when it finds nothing left. */
final class CampaignWork implements MemberWork {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignWork.class);
    private static final long MOST_SECONDS_TO_STOP = 5;

    private final SeedPlayer player;
    private final int jobs;
    private final byte[] acceptance;
    private final BlockingQueue<Long> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService slots;
    private volatile boolean isOver;

    CampaignWork(SeedPlayer player, int jobs, byte[] acceptance) {
        this.player = player;
        this.jobs = jobs;
        this.acceptance = acceptance;
        this.slots = Executors.newFixedThreadPool(jobs, task -> {
            Thread thread = new Thread(task, "foresail-seed");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public byte[] acceptance() {
        return acceptance;
    }

    @Override
    public void begin(Membership membership, MemberAddress coordinator) {
        for (int slot = 0; slot < jobs; slot++) {
            slots.execute(() -> playOn(membership, coordinator));
        }
    }

    private void playOn(Membership membership, MemberAddress coordinator) {
        membership.send(coordinator, new Report(1, Optional.empty(), Optional.empty()).message());
        while (!isOver) {
            try {
                long seed = waiting.take();
                Report report = play(seed);
                if (!isOver) {
                    tell(membership, coordinator, report, seed);
                }
            } catch (InterruptedException interrupted) {
                // Either it is over, or the protocol has done that, which is no reason to leave seeds behind.
                LOG.debug("interrupted");
            }
        }
    }

    /** A seed of which the coordinator heard nothing would be waited for without end. */
    private static void tell(Membership membership, MemberAddress coordinator, Report report, long seed) {
        try {
            membership.send(coordinator, report.message());
        } catch (RuntimeException | Error failure) {
            LOG.warn("what seed {} has given could not be sent: {}", seed, failure.toString());
            membership.send(coordinator, new Report(report.slots(), Optional.empty(), Optional.of(seed)).message());
        }
    }

    private Report play(long seed) {
        Optional<SeedOutcome> outcome = Optional.empty();
        try {
            outcome = Optional.of(player.play(seed));
        } catch (Throwable failure) {
            // The coordinator plays it, too, and says what is wrong as if it had been alone.
            LOG.warn("seed {} could not be played here: {}", seed, failure.toString());
        }
        Optional<Long> cannot = outcome.isPresent() ? Optional.empty() : Optional.of(seed);
        return new Report(isNothingLeft() ? 1 : 0, outcome, cannot);
    }

    /** Between two seeds of one message there seems to be nothing left, so a slot would ask for more with each. */
    private boolean isNothingLeft() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    @Override
    public void received(MemberAddress from, byte[] message) {
        List<Long> seeds = CampaignMessages.seeds(message);
        synchronized (waiting) {
            waiting.addAll(seeds);
        }
    }

    @Override
    public void lost(MemberAddress member, String why) {}

    @Override
    public void close() {
        isOver = true;
        player.close();
        slots.shutdownNow();
        try {
            if (!slots.awaitTermination(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("a seed does not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
