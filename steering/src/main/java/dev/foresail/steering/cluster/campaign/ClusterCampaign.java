package dev.foresail.steering.cluster.campaign;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.MembershipListener;
import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.campaign.CampaignMessages.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The coordinator's side of a campaign: hands out seeds, plays some itself, gathers outcomes. It ends when there is one of each seed,
 * however many members are lost. Thread-safe.
 */
public final class ClusterCampaign implements MembershipListener {
    /** Nobody tells of the user's having had enough. */
    private static final long MILLIS_BETWEEN_LOOKS = 50;

    private final SeedPlayer own;
    private final int ownJobs;
    private final BooleanSupplier stopped;
    private final IntConsumer progress;
    private final Consumer<String> told;
    private final HandOut handOut;
    private final SortedMap<Long, SeedOutcome> outcomes = new TreeMap<>();
    private final Map<MemberAddress, Integer> slots = new HashMap<>();
    /** Of each member how many slots have asked for seeds and got none yet. */
    private final Map<MemberAddress, Integer> idle = new TreeMap<>();

    private Optional<Membership> membership = Optional.empty();
    private boolean hasFailed;

    /**
     * @param count how many seeds, at least 1
     * @param own plays seeds here
     * @param ownJobs how many side by side, at least 1
     * @param stopped whether the user has had enough
     * @param progress is told how many seeds are done
     * @param told gets lines for people
     */
    public ClusterCampaign(
            long firstSeed,
            int count,
            SeedPlayer own,
            int ownJobs,
            BooleanSupplier stopped,
            IntConsumer progress,
            Consumer<String> told) {
        this.own = own;
        this.ownJobs = ownJobs;
        this.stopped = stopped;
        this.progress = progress;
        this.told = told;
        this.handOut = new HandOut(firstSeed, count);
    }

    /** A member has joined. */
    public synchronized void joined(MemberAddress member, byte[] acceptance) {
        slots.put(member, Math.max(1, new MessageReader(acceptance).integer()));
        serve();
    }

    /**
     * Plays all seeds, with those who have joined.
     *
     * @return the outcomes by their seeds; of fewer seeds, some of them partial, when the user has had enough
     */
    public SortedMap<Long, SeedOutcome> run(Membership with) {
        synchronized (this) {
            membership = Optional.of(with);
            serve();
        }
        ExecutorService threads = Executors.newFixedThreadPool(ownJobs);
        try {
            List<Future<?>> slotsHere = IntStream.range(0, ownJobs)
                    .<Future<?>>mapToObj(slot -> threads.submit(() -> playOn(with.self())))
                    .toList();
            for (Future<?> slot : slotsHere) {
                await(slot);
            }
            synchronized (this) {
                return new TreeMap<>(outcomes);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Future<?> slot) {
        try {
            slot.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private void playOn(MemberAddress self) {
        try {
            Optional<Long> seed = next(self);
            while (seed.isPresent()) {
                SeedOutcome outcome = own.play(seed.get());
                done(self, outcome);
                seed = next(self);
            }
        } catch (RuntimeException | Error failure) {
            giveUp();
            throw failure;
        }
    }

    private synchronized void giveUp() {
        hasFailed = true;
        notifyAll();
    }

    /** Waits for a seed to play here; empty when there is none left, anywhere. */
    private synchronized Optional<Long> next(MemberAddress self) {
        while (!handOut.isOver() && !hasFailed && !stopped.getAsBoolean()) {
            List<Long> taken = handOut.takeOne(self);
            if (!taken.isEmpty()) {
                return Optional.of(taken.get(0));
            }
            try {
                wait(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private synchronized void done(MemberAddress member, SeedOutcome outcome) {
        if (handOut.done(member, outcome.seed())) {
            outcomes.put(outcome.seed(), outcome);
            progress.accept(handOut.finished());
            if (handOut.isOver()) {
                notifyAll();
            }
        }
    }

    @Override
    public synchronized void received(MemberAddress from, byte[] message) {
        Report report = Report.read(message);
        report.outcome().ifPresent(outcome -> done(from, outcome));
        report.cannot().ifPresent(seed -> {
            handOut.cannot(from, seed);
            notifyAll();
        });
        idle.merge(from, report.slots(), Integer::sum);
        serve();
    }

    /** Gives seeds to those who have joined and asked for some, which may be before this is told that they have joined. */
    private void serve() {
        if (membership.isEmpty()) {
            return;
        }
        int all = ownJobs + slots.values().stream().mapToInt(Integer::intValue).sum();
        for (Map.Entry<MemberAddress, Integer> each : idle.entrySet()) {
            while (slots.containsKey(each.getKey()) && each.getValue() > 0) {
                List<Long> seeds = handOut.take(each.getKey(), all);
                if (seeds.isEmpty()) {
                    return;
                }
                membership.get().send(each.getKey(), CampaignMessages.seeds(seeds));
                each.setValue(each.getValue() - 1);
            }
        }
    }

    @Override
    public synchronized void lost(MemberAddress member, String why) {
        slots.remove(member);
        idle.remove(member);
        int unfinished = handOut.lost(member);
        told.accept("[FS440] " + member + " is lost: " + why + "; "
                + (unfinished == 0
                        ? "it had nothing unfinished"
                        : unfinished + " seeds that it had not finished go to others"));
        serve();
        notifyAll();
    }

    /** How many seeds each has played to their ends. */
    public synchronized SortedMap<MemberAddress, Integer> shares() {
        return handOut.shares();
    }
}
