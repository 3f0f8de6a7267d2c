package dev.foresail.eval.emulation;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.overhead.LiveNodes;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.emulation.EmulatedNetwork;
import dev.foresail.steering.live.RealClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Live nodes over real sockets with emulated links: letters between all of them, then loads over the links with a rate. */
final class EmulationTrial {
    private static final int LINKS_AT_ONCE = 3;
    private static final long LOOK_MILLIS = 100;
    /** What a machine that is busy with other things may take longer, until there is something of everything. */
    private static final long PATIENCE_MILLIS = 30_000;

    /** A retransmission costs 200 ms or more; nothing else that is meant to happen costs half of that. */
    private static final double LOST_MILLIS = 100;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Plan plan;
    private final Interruption interruption;
    private final Progress progress;
    private final AskedLinks asked;
    private final List<NodeId> ids = new ArrayList<>();

    EmulationTrial(Plan plan, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
        asked = new AskedLinks(plan.nodes(), plan.seed());
        for (int id = 1; id <= plan.nodes(); id++) {
            ids.add(NodeId.of(id));
        }
    }

    /**
     * @param nodes at least 3
     * @param warmUpMillis until all are connected, and until what is under way has arrived
     * @param letterMillis for how long letters are sent
     * @param letterEveryMillis between two letters of a pair
     * @param loadMillis for how long a link is loaded
     */
    record Plan(int nodes, long warmUpMillis, long letterMillis, long letterEveryMillis, long loadMillis, long seed) {}

    /** What the letters from one node to another met. */
    record PairDelay(double askedMillis, double askedLoss, double medianMillis, int letters, int lost) {}

    /** What went through a link that was saturated, in bytes per second. */
    record LinkRate(double asked, double achieved) {}

    /** Pairs and links that nothing came over are there, with NaN. */
    record Measured(List<PairDelay> delays, List<LinkRate> rates, int brokenConnections) {}

    Measured measure() throws InterruptedException {
        Map<NodeId, Integer> endpoints = new HashMap<>();
        ids.forEach(id -> endpoints.put(id, ids.indexOf(id)));
        EmulatedNetwork network = new EmulatedNetwork(asked, endpoints, plan.seed(), RealClock::nanos);
        LiveNodes.Setting<Courier> setting = new LiveNodes.Setting<>(
                new CourierMachine(),
                Map.of(),
                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                SteeringMode.OFF,
                plan.seed());
        try (LiveNodes<Courier> live = new LiveNodes<>(setting, ids)) {
            ids.forEach(id -> live.start(id, network.linksOf(id)));
            List<PairDelay> delays = letters(live);
            List<LinkRate> rates = loads(live);
            int broken = ids.stream().mapToInt(id -> live.state(id).broken).sum();
            return new Measured(delays, rates, broken);
        }
    }

    private List<PairDelay> letters(LiveNodes<Courier> live) throws InterruptedException {
        long everyNanos = TimeUnit.MILLISECONDS.toNanos(plan.letterEveryMillis()) / (plan.nodes() - 1);
        for (NodeId id : ids) {
            List<NodeId> peers = new ArrayList<>(ids);
            peers.remove(id);
            live.node(id).call("deliver", peers, everyNanos).join();
        }
        await(plan.warmUpMillis(), () -> allHeard(live));
        call(live, "forget");
        await(plan.letterMillis(), () -> allHeard(live));
        call(live, "rest");
        interruption.await(plan.warmUpMillis(), TimeUnit.MILLISECONDS);
        List<PairDelay> delays = new ArrayList<>();
        for (int to = 0; to < ids.size(); to++) {
            Courier courier = live.state(ids.get(to));
            for (int from = 0; from < ids.size(); from++) {
                if (from != to) {
                    delays.add(pair(from, to, courier.delays.getOrDefault(ids.get(from), List.of())));
                }
            }
        }
        return delays;
    }

    private boolean allHeard(LiveNodes<Courier> live) {
        return ids.stream().allMatch(id -> live.state(id).delays.size() == ids.size() - 1);
    }

    /** For so long, and on until there is something of everything, unless that takes far too long. */
    private void await(long millis, BooleanSupplier measured) throws InterruptedException {
        long startNanos = RealClock.nanos();
        double elapsedMillis = 0;
        while (elapsedMillis < millis || elapsedMillis < millis + PATIENCE_MILLIS && !measured.getAsBoolean()) {
            if (interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            elapsedMillis = (RealClock.nanos() - startNanos) / NANOS_PER_MILLI;
            progress.update(Math.min(elapsedMillis, (double) millis), (double) millis);
        }
    }

    private PairDelay pair(int from, int to, List<Long> delaysNanos) {
        double askedMillis = asked.latencyNanos(from, to) / NANOS_PER_MILLI;
        List<Double> millis =
                delaysNanos.stream().map(nanos -> nanos / NANOS_PER_MILLI).toList();
        int lost = (int) millis.stream()
                .filter(delay -> delay > askedMillis + LOST_MILLIS)
                .count();
        return new PairDelay(
                askedMillis,
                asked.lossProbability(from, to),
                Distribution.of(millis).percentile(0.5),
                millis.size(),
                lost);
    }

    private List<LinkRate> loads(LiveNodes<Courier> live) throws InterruptedException {
        call(live, "forget");
        List<LinkRate> rates = new ArrayList<>();
        List<Integer> senders = new ArrayList<>();
        for (int from = 0; from + 1 < ids.size(); from += 2) {
            senders.add(from);
        }
        for (int first = 0; first < senders.size() && !interruption.isRequested(); first += LINKS_AT_ONCE) {
            List<Integer> loaded = senders.subList(first, Math.min(first + LINKS_AT_ONCE, senders.size()));
            for (int from : loaded) {
                live.node(ids.get(from)).call("haul", ids.get(from + 1)).join();
            }
            await(
                    plan.loadMillis(),
                    () -> loaded.stream().allMatch(from -> rate(live, from).achieved() > 0));
            for (int from : loaded) {
                live.node(ids.get(from)).call("rest").join();
                rates.add(rate(live, from));
            }
        }
        return rates;
    }

    private LinkRate rate(LiveNodes<Courier> live, int from) {
        NodeId sender = ids.get(from);
        Courier receiver = live.state(ids.get(from + 1));
        double nanos =
                receiver.lastLoadNanos.getOrDefault(sender, 0L) - receiver.firstLoadNanos.getOrDefault(sender, 0L);
        double bytes = (receiver.loads.getOrDefault(sender, 0L) - 1) * (double) Courier.LOAD_BYTES;
        return new LinkRate(
                asked.bandwidthBytesPerSecond(from, from + 1), nanos > 0 ? bytes / nanos * 1e9 : Double.NaN);
    }

    private void call(LiveNodes<Courier> live, String name) {
        ids.forEach(id -> live.node(id).call(name).join());
    }
}
