package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.eval.hindsight.Hindsight;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.eval.hindsight.HindsightSettings;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.decision.ResidualRecorder;
import dev.foresail.predictor.lookahead.TimedCall;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.LinkProbes;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** One run of a form in a setting, in the simulator. Used once; not thread-safe. */
final class ProposerRun<S extends Replica> {
    /** Until here nothing is measured, of any form: links have to be measured first. */
    static final Duration WARM_UP = Duration.ofSeconds(10);

    /** Judging a decision takes longer than predicting it. */
    private static final double JUDGED_SHARE = 0.2;

    private static final int JUDGED_FUTURES = 4;
    private static final Duration PROBES = Duration.ofSeconds(1);
    /** What was asked for in the end has so long to be executed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProposerForm<S> form;
    private final Simulation<S> simulation;
    /** Only who looks ahead needs to know links. */
    private final Optional<LinkProbes<S>> probes;

    private final long endNanos;
    /** By replica: what has reached the replica and is not executed, by its commands' numbers. */
    private final SortedMap<NodeId, SortedMap<Long, Long>> waiting = new TreeMap<>();

    private final SortedMap<Long, Long> wishedAtNanos = new TreeMap<>();
    private final List<Double> latencies = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Optional<Hindsight<S>> hindsight;
    private long messages;
    private long controlMessages;

    /**
     * @param measured for how long clients ask after the {@link #WARM_UP}
     * @param judged whether predicted decisions are judged in hindsight, instead of being kept
     */
    ProposerRun(
            ProposerForm<S> form,
            ProposerSetting setting,
            Topology regions,
            long seed,
            Duration measured,
            boolean judged) {
        this.form = form;
        List<NodeId> ids = LongStream.rangeClosed(1, ProposerSetting.REPLICAS)
                .mapToObj(NodeId::of)
                .toList();
        SimulationSettings<S> settings = new SimulationSettings<>(
                form.machine(),
                form.parameters(),
                ids,
                setting.links(regions, seed),
                seed,
                seed,
                NodeSettings.DEFAULT.withMeasuredCalls(true),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        this.simulation = new Simulation<>(settings, ResolverFactory.of(form.resolver(), form.machine()));
        this.endNanos = WARM_UP.plus(measured).toNanos();
        ClientLoad load = ClientLoad.draw(setting, seed, endNanos);
        this.probes = form.resolver().kind() == ResolverSettings.Kind.PREDICTED
                ? Optional.of(LinkProbes.between(simulation, PROBES))
                : Optional.empty();
        this.hindsight = judged
                ? form.resolver().objective().map(objective -> follow(settings, objective, setting, load))
                : Optional.empty();
        if (hindsight.isEmpty()) {
            simulation.onDecision(decisions::add);
        }
        simulation.onHandled(this::handled);
        simulation.onSent((from, to, envelope) -> {
            count(envelope);
            return () -> {};
        });
        for (NodeId id : ids) {
            waiting.put(id, new TreeMap<>());
            simulation.start(id);
            Duration service = setting.service((int) id.value() - 1, seed);
            if (!service.isZero()) {
                simulation.serviceTime(id, service);
            }
        }
        load.wishes().forEach(this::schedule);
    }

    /**
     * What came of a run.
     *
     * @param latencies of the clients' commands after the warm-up, in milliseconds; of those that were not executed in the end, how long they had
     *     waited by then
     * @param unanswered how many those were
     * @param decisions empty when they were judged
     * @param counts how choices were made
     * @param hindsight of what was judged
     * @param messages of the protocol
     * @param controlMessages of the runtime
     */
    record Outcome(
            String form,
            List<Double> latencies,
            int unanswered,
            List<Decision> decisions,
            DecisionCounts counts,
            HindsightFigures hindsight,
            long messages,
            long controlMessages,
            List<String> failures) {}

    private Hindsight<S> follow(
            SimulationSettings<S> settings, Objective objective, ProposerSetting setting, ClientLoad load) {
        HindsightSettings how = new HindsightSettings(
                ProposerRun::isAfterWarmUp, JUDGED_SHARE, Integer.MAX_VALUE, ProposerSetting.REPLICAS, JUDGED_FUTURES);
        return Hindsight.of(simulation, settings, objective, how)
                .withServiceNanos(node ->
                        setting.service((int) node.value() - 1, settings.seed()).toNanos())
                .withCalls(load.wishes().stream()
                        .map(wish -> new TimedCall(
                                wish.atNanos(), replica(wish), new Event.Call("submit", List.of(wish.number()))))
                        .toList());
    }

    /** Collects how right the predictions after the warm-up are, besides. */
    ProposerRun<S> telling(PastResiduals.Collector residuals) {
        form.resolver()
                .objective()
                .ifPresent(objective -> ResidualRecorder.follow(
                        simulation, form.machine(), objective, ProposerRun::isAfterWarmUp, residuals));
        return this;
    }

    private static boolean isAfterWarmUp(Decision decision) {
        return decision.atNanos() >= WARM_UP.toNanos();
    }

    /** The simulation itself, for tests that interfere. */
    Simulation<S> simulation() {
        return simulation;
    }

    Outcome play() {
        simulation.runUntil(Duration.ofNanos(endNanos).plus(PATIENCE));
        wishedAtNanos.values().forEach(this::measure);
        return new Outcome(
                form.name(),
                List.copyOf(latencies),
                wishedAtNanos.size(),
                List.copyOf(decisions),
                simulation.decisions(),
                hindsight.map(Hindsight::judge).orElse(new HindsightFigures(List.of())),
                messages,
                controlMessages + probes.map(LinkProbes::sent).orElse(0L),
                simulation.failures());
    }

    private static NodeId replica(ClientLoad.Wish wish) {
        return NodeId.of(1 + wish.region());
    }

    private void schedule(ClientLoad.Wish wish) {
        simulation.at(Duration.ofNanos(wish.atNanos()), () -> {
            wishedAtNanos.put(wish.number(), simulation.nowNanos());
            simulation.call(replica(wish), "submit", List.of(wish.number()));
        });
    }

    private void count(Envelope envelope) {
        if (envelope instanceof Envelope.Payload) {
            messages++;
        } else {
            controlMessages++;
        }
    }

    private void handled(NodeId node, Event event) {
        SortedMap<Long, Long> here = waiting.getOrDefault(node, new TreeMap<>());
        if (event instanceof Event.Call call && call.arguments().get(0) instanceof Long number) {
            here.put(state(node).waiting.lastKey(), number);
        } else if (event instanceof Event.Delivery && !here.isEmpty()) {
            answered(node, here);
        }
    }

    private Replica state(NodeId node) {
        return (Replica) simulation.state(node).orElseThrow();
    }

    private void answered(NodeId node, SortedMap<Long, Long> here) {
        Replica state = state(node);
        Iterator<Map.Entry<Long, Long>> left = here.entrySet().iterator();
        while (left.hasNext()) {
            Map.Entry<Long, Long> command = left.next();
            if (!state.waiting.containsKey(command.getKey())) {
                measure(Optional.ofNullable(wishedAtNanos.remove(command.getValue()))
                        .orElseThrow());
                left.remove();
            }
        }
    }

    private void measure(long wishedAt) {
        if (wishedAt >= WARM_UP.toNanos()) {
            latencies.add((simulation.nowNanos() - wishedAt) / 1e6);
        }
    }
}
