package dev.foresail.eval.benchmark;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.latency.Dispatching;
import dev.foresail.eval.latency.DispatchingMachine;
import dev.foresail.predictor.lookahead.Evaluator;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A dispatcher with three workers, of which the second is the fastest, at the moment when a task arrives: without a network,
 * predictions are made at once on the caller's thread. Not thread-safe.
 */
final class DispatcherFixture {
    /** The index of the worker that predictions prefer. */
    static final int BEST = 1;

    private static final NodeId SELF = NodeId.of(2);
    private static final List<NodeId> WORKERS = List.of(NodeId.of(11), NodeId.of(12), NodeId.of(13));
    private static final List<Integer> SLOWNESS = List.of(3, 1, 2);
    private static final List<Object> CONFIGURATION = List.of(Duration.ofMillis(1), 1);
    private static final Objective OBJECTIVE = Objective.minimize("totalWork", Duration.ofMillis(200));
    private static final LinkDelays DELAYS = (from, to, random) -> 100_000 + random.nextInt(1_000);

    final Machine<Dispatching> machine = new DispatchingMachine();
    final Event task = new Event.Delivery(NodeId.of(1), new Dispatching.Task(1));
    final List<Alternative> alternatives;
    final Snapshot<Dispatching> snapshot;
    private final Dispatching dispatcher;
    private final SortedMap<NodeId, Channel> channels = new TreeMap<>();

    DispatcherFixture() {
        dispatcher = machine.create(CONFIGURATION);
        SortedMap<NodeId, Checkpoint<Dispatching>> workers = new TreeMap<>();
        SortedMap<NodeId, Long> ages = new TreeMap<>();
        for (int index = 0; index < WORKERS.size(); index++) {
            NodeId worker = WORKERS.get(index);
            apply(dispatcher, SELF, new Event.Delivery(worker, new Dispatching.Ready()));
            Channel channel = new Channel();
            channel.exported(new Exported(0, List.of(SLOWNESS.get(index)), 0));
            channels.put(worker, channel);
            workers.put(worker, checkpoint(worker, worker(SLOWNESS.get(index)), new TreeMap<>()));
            ages.put(worker, 0L);
        }
        alternatives = machine.alternatives(dispatcher, task, new GuardNode(SELF));
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> own = new TreeMap<>();
        channels.forEach((peer, channel) -> own.put(
                peer,
                new Checkpoint.ChannelCheckpoint(
                        0, 0, List.of(), channel.exported().map(List::of).orElse(List.of()))));
        snapshot = new Snapshot<>(checkpoint(SELF, dispatcher, own), workers, ages, new TreeSet<>(), 0);
    }

    private Dispatching worker(int slowness) {
        Dispatching state = machine.create(CONFIGURATION);
        state.beWorker(slowness);
        return state;
    }

    private static Checkpoint<Dispatching> checkpoint(
            NodeId node, Dispatching state, SortedMap<NodeId, Checkpoint.ChannelCheckpoint> channels) {
        return new Checkpoint<>(node, 1, state, new TreeMap<>(), List.of(), channels);
    }

    /** Runs the one handler that is enabled, which must not use its node. */
    void apply(Dispatching state, NodeId self, Event event) {
        GuardNode node = new GuardNode(self);
        machine.run(state, event, machine.alternatives(state, event, node).get(0), node);
    }

    /** A resolver that knows the values of the task's alternatives. */
    Resolver<Dispatching> informedResolver() {
        Resolvers.Surroundings surroundings = new Resolvers.Surroundings(DELAYS, PredictionExecutor.AT_ONCE);
        Resolver<Dispatching> resolver =
                Resolvers.create(ResolverSettings.predicted(OBJECTIVE), machine, surroundings, () -> 0, 1);
        Resolution first = resolver.resolve(context());
        if (!(first instanceof Resolution.Decided)) {
            throw new IllegalStateException("the dispatcher does not wait, but " + first);
        }
        return resolver;
    }

    /** The choice that the task is. */
    ChoiceContext<Dispatching> context() {
        return new ChoiceContext<>(
                machine,
                SELF,
                EventRules.choiceName(machine, alternatives),
                EventRules.choice(machine, alternatives),
                task,
                alternatives,
                dispatcher,
                channels,
                0,
                false,
                () -> snapshot,
                () -> {});
    }

    /** @param rounds roll-outs of each alternative at most, at least 2 */
    Evaluator<Dispatching> evaluator(int rounds) {
        return new Evaluator<>(machine, new BoundObjective<>(machine, OBJECTIVE), DELAYS, LaterChoices.none(), rounds);
    }
}
