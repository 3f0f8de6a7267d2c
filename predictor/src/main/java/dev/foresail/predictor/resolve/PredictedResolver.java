package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.lookahead.Evaluator;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Resolves choices by looking ahead (docs/architecture.md, "An event's way"): values known for the features decide at
 * once; otherwise a prediction is asked for, the event waits for it where the author allowed that, and the fast policy
 * decides where it may not wait. Used on the node's thread; predictions run where the executor puts them.
 */
public final class PredictedResolver<S> implements Resolver<S> {
    /** How old a value of a repeatable choice gets before it is predicted anew. */
    private static final long REFRESH_NANOS = 200_000_000L;

    private final Machine<S> machine;
    private final ValueCache cache;
    private final Evaluator<S> evaluator;
    private final PredictionExecutor executor;
    private final Policy policy;
    private final long seed;
    private final Map<Long, List<Runnable>> underWay = new HashMap<>();
    private long predictions;
    /** While events are resumed for which there is no prediction to be had. */
    private boolean givingUp;

    /**
     * @param maxRounds the most roll-outs of one alternative
     * @param seed of this node's look-ahead, independent of the world's
     */
    public PredictedResolver(
            BoundObjective<S> objective, Machine<S> machine, LinkDelays delays, Parts parts, int maxRounds, long seed) {
        this.machine = machine;
        this.cache = parts.cache();
        this.executor = parts.executor();
        this.seed = seed;
        this.policy = new Policy(RandomStream.of(seed, "fallback")::nextInt);
        this.evaluator = new Evaluator<>(machine, objective, delays, new Recall(), maxRounds);
    }

    /** What the resolver works with. */
    public record Parts(ValueCache cache, PredictionExecutor executor) {}

    /** Later choices in roll-outs follow what was predicted before, used up or not. */
    private final class Recall implements LaterChoices<S> {
        @Override
        public OptionalInt recall(
                NodeId node, S state, Map<NodeId, Channel> channels, Event event, List<Alternative> alternatives) {
            String choice = EventRules.choiceName(machine, alternatives);
            return cache.recall(Features.fingerprint(machine, choice, state, channels, event, alternatives))
                    .map(entry -> OptionalInt.of(entry.evaluation.best()))
                    .orElse(OptionalInt.empty());
        }
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        long features = Features.fingerprint(
                machine,
                context.choice(),
                context.state(),
                context.channels(),
                context.event(),
                context.alternatives());
        Optional<ValueCache.Entry> known = cache.use(features, context.options().repeatable());
        if (known.isPresent()) {
            refresh(known.get(), context, features);
            return byValue(known.get(), context.event());
        }
        if (givingUp) {
            return byPolicy(context);
        }
        List<Runnable> waiting = underWay.get(features);
        if (waiting == null) {
            waiting = new ArrayList<>();
            underWay.put(features, waiting);
            predict(context, features);
        }
        if (context.mayWait()) {
            waiting.add(context.resume());
            return new Resolution.Waiting();
        }
        return byPolicy(context);
    }

    private Resolution.Decided byPolicy(ChoiceContext<S> context) {
        return Resolution.Decided.byPolicy(policy.choose(
                context.options().fallback(),
                context.choice(),
                context.alternatives().size()));
    }

    /** A choice that may repeat itself is predicted anew now and then, in the background, as more becomes known. */
    private void refresh(ValueCache.Entry entry, ChoiceContext<S> context, long features) {
        if (context.options().repeatable()
                && cache.ageNanos(entry) > REFRESH_NANOS
                && !underWay.containsKey(features)) {
            underWay.put(features, new ArrayList<>());
            predict(context, features);
        }
    }

    private Resolution.Decided byValue(ValueCache.Entry entry, Event event) {
        boolean madeForIt = entry.predictedFor.filter(waited -> waited == event).isPresent();
        return new Resolution.Decided(
                entry.evaluation.best(),
                madeForIt ? Decision.Source.PREDICTED : Decision.Source.CACHED,
                entry.evaluation.values(),
                cache.evidenceAgeNanos(entry));
    }

    private void predict(ChoiceContext<S> context, long features) {
        Snapshot<S> snapshot = context.snapshot().get();
        Event event = context.event();
        List<Alternative> alternatives = List.copyOf(context.alternatives());
        long predictionSeed = RandomStream.of(seed, "prediction", predictions++).nextLong();
        Optional<Event> predictedFor = context.mayWait() ? Optional.of(event) : Optional.empty();
        try {
            executor.execute(
                    () -> evaluator.evaluate(snapshot, event, alternatives, predictionSeed),
                    evaluation -> predicted(features, evaluation, snapshot, predictedFor));
        } catch (RuntimeException thrown) {
            underWay.remove(features);
            throw thrown;
        }
    }

    private void predicted(
            long features, Optional<Evaluation> evaluation, Snapshot<S> snapshot, Optional<Event> predictedFor) {
        List<Runnable> waiting = underWay.remove(features);
        evaluation.ifPresent(value ->
                cache.put(features, value, snapshot.oldestNanos(), predictedFor, snapshot.isComplete(machine)));
        if (waiting == null) {
            return;
        }
        givingUp = evaluation.isEmpty();
        try {
            waiting.forEach(Runnable::run);
        } finally {
            givingUp = false;
        }
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return policy.choose(Fallback.RANDOM, choice, candidates.size());
    }
}
