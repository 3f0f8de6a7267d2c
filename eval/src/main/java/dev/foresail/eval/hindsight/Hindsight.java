package dev.foresail.eval.hindsight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.lookahead.RollOuts;
import dev.foresail.predictor.lookahead.TimedCall;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Recording;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Judges decisions of a simulation in hindsight. It follows the run, and afterwards tries each alternative of a decision in the world
 * as it was then: with the true states of the nodes around and what was in flight between them, the links as they were, and
 * everybody's later choices as they were taken in the run. Alternatives share their futures' draws. Nothing of it gets
 * back into the run. For one thread, which is the simulation's.
 *
 * <p>Costs are those of the objective's first term, in the sight of the node that decided: itself and those it names as its
 * neighbours. A violated safety property costs more than anything.
 *
 * <p>Weaknesses: the world draws delays anew, so an alternative is tried in futures like the one that was, not in that very one;
 * what waits for a prediction at another node in that moment is not known to it and does not happen; a node's later choices
 * are found by event and alternatives, so of several alike the first is taken.
 */
public final class Hindsight<S> {
    private static final int FIRST_TERM = 1;
    private static final double[] NO_FIGURES = {};

    private final Simulation<S> simulation;
    private final SimulationSettings<S> settings;
    private final BoundObjective<S> objective;
    private final HindsightSettings how;
    private final RandomStream draws;
    private final SortedMap<NodeId, List<Decision>> taken = new TreeMap<>();
    private ToLongFunction<NodeId> serviceNanos = node -> 0;
    private List<TimedCall> calls = List.of();
    private final List<Moment<S>> moments = new ArrayList<>();

    private Hindsight(
            Simulation<S> simulation, SimulationSettings<S> settings, Objective objective, HindsightSettings how) {
        this.simulation = simulation;
        this.settings = settings;
        this.objective = new BoundObjective<>(settings.machine(), objective);
        this.how = how;
        this.draws = RandomStream.of(settings.seed(), "hindsight");
    }

    /** A decision, the part of the world around it, and what it came to. */
    private static final class Moment<S> {
        final Decision decision;
        final SystemSnapshot<S> around;
        final SortedSet<NodeId> sight;
        double outcome = Double.NaN;

        Moment(Decision decision, SystemSnapshot<S> around, SortedSet<NodeId> sight) {
            this.decision = decision;
            this.around = around;
            this.sight = sight;
        }

        Decision.Value predicted() {
            return decision.values().get(decision.chosen());
        }
    }

    /**
     * Begins to follow a simulation.
     *
     * @param settings those that the simulation was made of
     * @param objective what the choices were to make best
     */
    public static <S> Hindsight<S> of(
            Simulation<S> simulation, SimulationSettings<S> settings, Objective objective, HindsightSettings how) {
        Hindsight<S> hindsight = new Hindsight<>(simulation, settings, objective, how);
        simulation.onDecision(hindsight::decided);
        return hindsight;
    }

    /**
     * The world as it was had nodes that took time for what they handled.
     *
     * @param nanos how long every event takes a node
     */
    public Hindsight<S> withServiceNanos(ToLongFunction<NodeId> nanos) {
        serviceNanos = nanos;
        return this;
    }

    /**
     * The world as it was had applications that asked its nodes for something.
     *
     * @param all of the run, with the time of the run
     */
    public Hindsight<S> withCalls(List<TimedCall> all) {
        calls = List.copyOf(all);
        return this;
    }

    private List<TimedCall> callsAfter(long nanos) {
        long horizonNanos = objective.objective().horizon().toNanos();
        return calls.stream()
                .filter(call -> call.atNanos() > nanos && call.atNanos() <= nanos + horizonNanos)
                .map(call -> new TimedCall(call.atNanos() - nanos, call.node(), call.call()))
                .toList();
    }

    private void decided(Decision decision) {
        taken.computeIfAbsent(decision.node(), added -> new ArrayList<>()).add(decision);
        boolean isEligible = !decision.values().isEmpty() && how.eligible().test(decision);
        if (isEligible && draws.nextDouble() < how.share() && moments.size() < how.most()) {
            SystemSnapshot<S> whole = simulation.snapshot();
            Machine<S> machine = settings.machine();
            SortedSet<NodeId> sight = new TreeSet<>(
                    whole.around(machine, decision.node(), 1).nodes().keySet());
            Moment<S> moment = new Moment<>(decision, around(whole, decision.node()), sight);
            moments.add(moment);
            follow(moment, objective.begin(NO_FIGURES), simulation.nowNanos());
        }
    }

    /** Looks at the run at each time that the objective names, and takes down what it came to. */
    private void follow(Moment<S> moment, Recording<S> recording, long beganNanos) {
        long horizonNanos = objective.objective().horizon().toNanos();
        long nextNanos = recording.nextNanos();
        simulation.at(Duration.ofNanos(beganNanos + Math.min(nextNanos, horizonNanos)), () -> {
            if (nextNanos < horizonNanos) {
                recording.sample(view(moment.sight));
                follow(moment, recording, beganNanos);
            } else {
                moment.outcome = cost(objective.costs(List.of(recording.end(view(moment.sight), 0))));
            }
        });
    }

    /** A system that is all within reach needs no search for what is. */
    private SystemSnapshot<S> around(SystemSnapshot<S> whole, NodeId node) {
        return how.hops() >= whole.nodes().size() ? whole : whole.around(settings.machine(), node, how.hops());
    }

    /** The nodes as they are in the run. */
    private PictureView<S> view(Set<NodeId> sight) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        simulation.snapshot().only(sight).nodes().forEach((node, known) -> {
            SortedMap<NodeId, Channel> channels = new TreeMap<>();
            known.checkpoint().channels().forEach((peer, channel) -> channels.put(peer, channel.restore()));
            pictures.put(node, new Picture<>(known.checkpoint().state(), channels, 0));
        });
        return new PictureView<>(settings.machine(), pictures, false);
    }

    private static double cost(double[] costs) {
        return costs[0] > 0 ? Double.POSITIVE_INFINITY : costs[FIRST_TERM];
    }

    /** All decisions of the run so far, judged or not: node by node in the order of their ids, each in its order. */
    public List<Decision> decisions() {
        return taken.values().stream().flatMap(List::stream).toList();
    }

    /** Judges the decisions that were drawn; to be asked for when the run is over. */
    public HindsightFigures judge() {
        return new HindsightFigures(moments.stream().map(this::judge).toList());
    }

    private Judgement judge(Moment<S> moment) {
        Decision decision = moment.decision;
        RollOuts<S> rollOuts = new RollOuts<>(
                        settings.machine(),
                        objective,
                        new TrueDelays(settings.topology(), settings.nodes(), decision.atNanos(), serviceNanos),
                        laterThan(decision))
                .judgedBy(moment.sight)
                .withCalls(callsAfter(decision.atNanos()));
        Snapshot<S> world = world(moment);
        long seed = RandomStream.of(
                        settings.seed(), "hindsight", decision.node().value(), decision.number())
                .nextLong();
        List<Double> costs = new ArrayList<>();
        for (Alternative alternative : decision.options()) {
            double sum = 0;
            for (int future = 0; future < how.futures(); future++) {
                sum += cost(rollOuts.play(world, decision.event(), alternative, seed, future)
                        .costs());
            }
            costs.add(sum / how.futures());
        }
        return new Judgement(
                decision.node(), decision.atNanos(), decision.chosen(), moment.predicted(), costs, moment.outcome);
    }

    /** Whoever chooses after the decision chooses as in the run. */
    private LaterChoices<S> laterThan(Decision decision) {
        return (node, state, channels, event, alternatives) -> taken.getOrDefault(node, List.of()).stream()
                .filter(later -> later.atNanos() > decision.atNanos())
                .filter(later -> later.event().equals(event) && later.options().equals(alternatives))
                .mapToInt(Decision::chosen)
                .findFirst();
    }

    /** The world in which the decision's event is about to be handled. */
    private Snapshot<S> world(Moment<S> moment) {
        SortedMap<NodeId, Checkpoint<S>> others = new TreeMap<>();
        moment.around.nodes().forEach((node, known) -> others.put(node, known.checkpoint()));
        Checkpoint<S> own = Objects.requireNonNull(others.remove(moment.decision.node()), "whoever decides is up");
        return new Snapshot<>(
                taking(own, moment.decision.event()),
                others,
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                moment.decision.atNanos());
    }

    /** A message that is being handled is neither in flight nor deferred any more. */
    private static <S> Checkpoint<S> taking(Checkpoint<S> own, Event event) {
        if (!(event instanceof Event.Delivery delivery)) {
            return own;
        }
        List<Event.Delivery> deferred = new ArrayList<>(own.deferred());
        SortedMap<NodeId, ChannelCheckpoint> channels = new TreeMap<>(own.channels());
        if (!deferred.remove(delivery)) {
            channels.computeIfPresent(delivery.from(), (peer, channel) -> channel.withReceived(channel.received() + 1));
        }
        return new Checkpoint<>(
                own.node(),
                own.number(),
                own.state(),
                own.timers(),
                deferred,
                channels,
                own.connections(),
                own.calls());
    }
}
