package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.calibration.Experience;
import dev.foresail.predictor.calibration.OutcomeWatch;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.lookahead.Evaluator;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.node.Basis;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Resolves choices by looking ahead (docs/architecture.md, "An event's way"): values known for the features decide at
 * once; otherwise a prediction is asked for, and what was predicted before deployment decides; without that the event waits where the
 * author allowed it, and the fast policy decides where it may not wait. Used on the node's thread; predictions run where the executor puts them.
 */
public final class PredictedResolver<S> implements Resolver<S> {
    /** How old a value of a repeatable choice gets before it is predicted anew. */
    static final long REFRESH_NANOS = 200_000_000L;

    private final Machine<S> machine;
    /** For the node's thread alone. */
    private final Features<S> ownFeatures;

    private final ValueCache cache;
    private final Evaluator<S> evaluator;
    private final LinkDelays delays;
    private final PredictionExecutor executor;
    private final Optional<ValueTable> table;
    private final Optional<ValueCollector> collector;
    /** What a value tells of is over when it is older than the horizon; that of a repeatable choice goes on until it is made anew. */
    private final long lifeNanos;

    private final Policy policy;
    private final Exploration exploration;
    private final PreResolution<S> ahead;
    private final Experience experience;
    private final OutcomeWatch<S> watch;
    private final AwaitedPredictions awaited = new AwaitedPredictions();
    private final long seed;
    private long predictions;
    /** What the node's own aggregates came to when the last event was over. */
    private long ownAggregates;

    private boolean isOwnKnown;

    /**
     * @param maxRounds the most roll-outs per alternative in the mean
     * @param seed of this node's look-ahead, independent of the world's
     */
    public PredictedResolver(
            BoundObjective<S> objective, Machine<S> machine, LinkDelays delays, Parts parts, int maxRounds, long seed) {
        this.machine = machine;
        this.ownFeatures = new Features<>(machine);
        this.cache = parts.cache();
        this.delays = delays;
        this.executor = parts.executor();
        this.table = parts.table();
        this.collector = parts.collector();
        this.experience = parts.experience();
        long horizonNanos = objective.objective().horizon().toNanos();
        this.lifeNanos = Math.max(horizonNanos, REFRESH_NANOS);
        this.ahead = new PreResolution<>(machine, ownFeatures, parts.own(), cache, horizonNanos, lifeNanos);
        this.watch = new OutcomeWatch<>(machine, objective, experience);
        this.seed = seed;
        this.policy = new Policy(RandomStream.of(seed, "fallback")::nextInt);
        this.exploration = new Exploration(parts.explore(), RandomStream.of(seed, "explore"));
        this.evaluator = new Evaluator<>(machine, objective, delays, new Recall(), maxRounds);
    }

    /**
     * What the resolver works with.
     *
     * @param own which choices, by their names, it makes: it thinks ahead about no others
     * @param table what was predicted before deployment
     * @param collector is told of every prediction
     * @param explore the share of decisions from known values that take another alternative than the best
     * @param experience how far off predictions were; is told of what becomes of decisions
     */
    public record Parts(
            ValueCache cache,
            PredictionExecutor executor,
            Predicate<String> own,
            Optional<ValueTable> table,
            Optional<ValueCollector> collector,
            double explore,
            Experience experience) {
        /** Of a resolver that makes all choices, from its own predictions alone. */
        public Parts(ValueCache cache, PredictionExecutor executor) {
            this(
                    cache,
                    executor,
                    choice -> true,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    new Experience(PastResiduals.NONE, RandomStream.of(0, "intervals")));
        }
    }

    /** Later choices in roll-outs follow what was predicted before, used up or not. */
    private final class Recall implements LaterChoices<S> {
        @Override
        public OptionalInt recall(
                NodeId node, S state, Map<NodeId, Channel> channels, Event event, List<Alternative> alternatives) {
            String choice = EventRules.choiceName(machine, alternatives);
            Features<S> features = new Features<>(machine);
            long own = features.own(state, channels, 0);
            long fingerprint = features.fingerprint(choice, node, own, state, channels, event, alternatives);
            return cache.recall(fingerprint)
                    .map(entry -> OptionalInt.of(entry.evaluation.best()))
                    .orElseGet(() -> precomputed(fingerprint, alternatives.size()));
        }
    }

    private OptionalInt precomputed(long features, int alternatives) {
        return table.flatMap(values -> values.find(features, alternatives)).stream()
                .mapToInt(ValueTable.Row::best)
                .findFirst();
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        if (!isOwnKnown) {
            noteOwn(context.state(), context.channels());
        }
        long features = ownFeatures.fingerprint(
                context.choice(),
                context.self(),
                ownAggregates,
                context.state(),
                context.channels(),
                context.event(),
                context.alternatives());
        ahead.earn();
        Optional<ValueCache.Entry> made = awaited.take(context.event(), context.alternatives());
        if (made.isPresent()) {
            made.get().use();
            return byValue(made.get(), context);
        }
        Optional<ValueCache.Entry> known = cache.use(features, context.options().repeatable(), lifeNanos);
        if (known.isPresent()) {
            refresh(known.get(), context, features);
            return byValue(known.get(), context);
        }
        Optional<ValueTable.Row> precomputed = table.flatMap(
                values -> values.find(features, context.alternatives().size()));
        if (awaited.isGivingUp()) {
            return precomputed.map(PredictedResolver::byTable).orElseGet(() -> byPolicy(context));
        }
        if (!awaited.isUnderWay(features)) {
            predict(Question.of(context), features);
        }
        if (precomputed.isPresent()) {
            return byTable(precomputed.get());
        }
        if (context.mayWait()) {
            awaited.add(features, context.resume());
            return new Resolution.Waiting();
        }
        return byPolicy(context);
    }

    private void noteOwn(S state, Map<NodeId, Channel> channels) {
        ownAggregates = ownFeatures.own(state, channels, cache.nowNanos());
        isOwnKnown = true;
    }

    private Resolution.Decided byPolicy(ChoiceContext<S> context) {
        return Resolution.Decided.byPolicy(policy.choose(
                context.options().fallback(),
                context.choice(),
                context.alternatives().size()));
    }

    /** A choice that may repeat itself is predicted anew now and then, in the background, as more becomes known. */
    private void refresh(ValueCache.Entry entry, ChoiceContext<S> context, long features) {
        if (context.options().repeatable() && cache.ageNanos(entry) > REFRESH_NANOS && !awaited.isUnderWay(features)) {
            predict(Question.of(context), features);
        }
    }

    private Resolution.Decided byValue(ValueCache.Entry entry, ChoiceContext<S> context) {
        Evaluation evaluation = entry.evaluation;
        List<Decision.Value> values = evaluation.values();
        int taken = exploration.take(evaluation.best(), values);
        watch.decided(context.choice(), values.get(taken), cache.nowNanos());
        return new Resolution.Decided(
                taken,
                entry.isPredictedFor(context.event()) ? Decision.Source.PREDICTED : Decision.Source.CACHED,
                values,
                cache.evidenceAgeNanos(entry),
                entry.basis,
                taken != evaluation.best());
    }

    private static Resolution.Decided byTable(ValueTable.Row row) {
        return new Resolution.Decided(row.best(), Decision.Source.CACHED, row.values(), 0, Basis.BEFORE_DEPLOYMENT);
    }

    @Override
    public void met(RestingNode<S> node, Event event) {
        try {
            ahead.met(node.self(), node.state(), event);
        } catch (RuntimeException thrown) {
            // The author's types over an event that is about to be handled: whatever is wrong with them is told there.
            return;
        }
    }

    @Override
    public void beforeChange(RestingNode<S> node) {
        watch.look(node, cache.nowNanos());
    }

    @Override
    public void changed() {
        isOwnKnown = false;
    }

    /**
     * Pre-resolution: a choice that a likely event would be now is predicted before the event comes. One at a time, and only while nothing is waited
     * for, so that it takes nothing from choices that are there. What goes wrong on the way is no failure of the node, as nobody has asked: if
     * the event comes, it is told then.
     */
    @Override
    public void rests(RestingNode<S> node) {
        isOwnKnown = false;
        watch.look(node, cache.nowNanos());
        watch.learn();
        if (!ahead.isPossible()) {
            return;
        }
        try {
            noteOwn(node.state(), node.channels());
            if (awaited.areNone()) {
                predictAhead(node);
            }
        } catch (RuntimeException thrown) {
            ahead.spend();
        }
    }

    private void predictAhead(RestingNode<S> node) {
        Optional<PreResolution.Coming> next = ahead.next(node, ownAggregates);
        if (next.isPresent()) {
            PreResolution.Coming coming = next.get();
            predict(
                    new Question<>(node.snapshot(), coming.event(), coming.alternatives(), Optional.empty()),
                    coming.features());
            ahead.spend();
        }
    }

    /** What is to be predicted. */
    private record Question<S>(
            Snapshot<S> snapshot,
            Event event,
            List<Alternative> alternatives,
            Optional<Event> predictedFor,
            boolean isAhead) {
        /** Of an event that has not come. */
        Question(Snapshot<S> snapshot, Event event, List<Alternative> alternatives, Optional<Event> predictedFor) {
            this(snapshot, event, alternatives, predictedFor, true);
        }

        static <S> Question<S> of(ChoiceContext<S> context) {
            return new Question<>(
                    context.snapshot().get(),
                    context.event(),
                    List.copyOf(context.alternatives()),
                    context.mayWait() ? Optional.of(context.event()) : Optional.empty(),
                    false);
        }
    }

    /** Has values predicted, for which nobody waits yet. */
    private void predict(Question<S> question, long features) {
        awaited.begin(features);
        long predictionSeed = RandomStream.of(seed, "prediction", predictions++).nextLong();
        try {
            executor.execute(
                    () -> evaluator.evaluate(
                            question.snapshot(), question.event(), question.alternatives(), predictionSeed),
                    evaluation -> predicted(features, evaluation, question));
        } catch (RuntimeException thrown) {
            awaited.abandon(features);
            throw thrown;
        }
    }

    private Basis basis(Question<S> question) {
        Snapshot<S> snapshot = question.snapshot();
        NodeId self = snapshot.own().node();
        List<NodeId> unknown = question.alternatives().stream()
                .flatMap(alternative -> alternative.bindings().stream())
                .filter(candidate -> candidate instanceof NodeId)
                .map(NodeId.class::cast)
                .filter(candidate -> !candidate.equals(self)
                        && delays.figure(self, candidate, LinkFigure.RTT).isEmpty())
                .distinct()
                .toList();
        return new Basis(snapshot.agesNanos(), snapshot.isComplete(machine), question.isAhead(), unknown);
    }

    /** A repeatable choice that is predicted anew does not change over to what cannot be told from what it was. */
    private Evaluation steady(long features, Evaluation evaluation, Question<S> question) {
        if (!EventRules.isRepeatable(machine, question.alternatives())) {
            return evaluation;
        }
        return cache.recall(features)
                .map(before -> evaluation.steady(before.evaluation.best()))
                .orElse(evaluation);
    }

    private void predicted(long features, Optional<Evaluation> evaluation, Question<S> question) {
        List<Runnable> waiting = awaited.end(features);
        collector.ifPresent(told -> evaluation.ifPresent(value -> told.collect(features, value)));
        Optional<ValueCache.Entry> entry = evaluation.map(value -> cache.put(
                features,
                stated(steady(features, value, question), question),
                question.predictedFor(),
                basis(question)));
        awaited.resume(waiting, question.alternatives(), entry);
    }

    /** With the intervals that outcomes are expected in: made here, as a decision has no time for it. */
    private Evaluation stated(Evaluation evaluation, Question<S> question) {
        String choice = EventRules.choiceName(machine, question.alternatives());
        return evaluation.with(experience.stated(choice, evaluation.values()));
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return policy.choose(Fallback.RANDOM, choice, candidates.size());
    }
}
