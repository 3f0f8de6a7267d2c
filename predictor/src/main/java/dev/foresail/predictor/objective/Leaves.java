package dev.foresail.predictor.objective;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.objective.language.Dimension;
import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.view.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles what expressions rest on: metrics, aggregates, properties and figures of links, each with its slot in roll-outs. */
final class Leaves<S> {
    /** How often a property is asked on the way to the horizon, where it matters how long it is violated. */
    static final int QUESTIONS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Vocabulary<S> vocabulary;
    private final SlotPlan<S> slots;
    private final Mistakes mistakes;

    Leaves(Vocabulary<S> vocabulary, SlotPlan<S> slots, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.slots = slots;
        this.mistakes = mistakes;
    }

    List<String> linkFigures() {
        return vocabulary.linkFigures();
    }

    long horizonNanos() {
        return slots.horizonNanos();
    }

    long nanos(Expression.Constant time) {
        return Math.round(time.value() * NANOS_PER_SECOND);
    }

    /** Whether a time is within the horizon; says so when not. */
    boolean inTime(Expression.Constant time) {
        boolean isBeyond = nanos(time) > horizonNanos();
        if (isBeyond) {
            mistakes.add(
                    time, Mistakes.TIME, "the horizon is " + inWords(horizonNanos()) + ", before " + time.written());
        }
        return !isBeyond;
    }

    private static String inWords(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        return (seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds)) + "s";
    }

    String knownAggregates() {
        return vocabulary.aggregates().isEmpty() ? "" : " (" + String.join(", ", vocabulary.aggregates()) + ")";
    }

    /** A metric. */
    Optional<Operand> named(Expression.Name name, long atNanos) {
        Optional<MetricDescription<S>> metric = vocabulary.metric(name.name());
        if (metric.isPresent()) {
            double factor = Vocabulary.factor(metric.get().unit());
            MetricDescription<S> asked = metric.get();
            int slot = slots.slot(
                    "metric " + name.name(),
                    new SlotPlan.Probe<>("the metric " + name.name(), view -> factor * asked.evaluate(view, view)),
                    atNanos);
            return Optional.of(Operand.future(Vocabulary.dimension(metric.get().unit()), values -> values[slot]));
        }
        if (vocabulary.aggregate(name.name()).isPresent()) {
            mistakes.add(
                    name,
                    Mistakes.MISUSE,
                    "'" + name.name()
                            + "' is an aggregate, with a value at each node; take mean, min, max or a percentile of it");
        } else if (vocabulary.property(name.name()).isPresent()) {
            mistakes.add(
                    name,
                    Mistakes.MISUSE,
                    "'" + name.name() + "' is a property; ask 'holds(" + name.name()
                            + ")' behind 'subject to:', or take its downtime");
        } else if (name.name().equals("candidate")) {
            mistakes.add(
                    name,
                    Mistakes.MISUSE,
                    "'candidate' is a node; take " + String.join(", ", linkFigures()) + " of it");
        } else {
            mistakes.add(
                    name,
                    Mistakes.METRIC,
                    vocabulary.protocol() + " has no metric '" + name.name() + "'"
                            + Nearest.hint(name.name(), vocabulary.metrics()));
        }
        return Optional.empty();
    }

    /** A metric of an old-style weighted sum: in the author's unit, and 0 where it depends on nodes that are not known. */
    Compiled weighted(MetricDescription<S> metric, double weight) {
        int slot = slots.slot(
                "term " + metric.name(),
                new SlotPlan.Probe<>("the metric " + metric.name(), view -> Recording.zeroIfUnknown(metric, view)),
                horizonNanos());
        return values -> weight * values[slot];
    }

    /** Whether a function is over the values of an aggregate, and not over roll-outs. */
    boolean isOverNodes(Expression.Call call) {
        return aggregate(call).isPresent() && reduction(call.function()).isPresent();
    }

    private Optional<AggregateDescription<S, ?>> aggregate(Expression.Call call) {
        boolean isOfOneName = call.arguments().size() == 1 && call.arguments().get(0) instanceof Expression.Name;
        if (!isOfOneName) {
            return Optional.empty();
        }
        String name = call.arguments().get(0).text();
        return vocabulary.metric(name).isPresent() ? Optional.empty() : vocabulary.aggregate(name);
    }

    /** A function {@linkplain #isOverNodes over the values of an aggregate}; empty when they cannot be put in order, and that was said. */
    Optional<Operand> overNodes(Expression.Call call, long atNanos) {
        AggregateDescription<S, ?> aggregate = aggregate(call).orElseThrow();
        Population.Reduction reduced = reduction(call.function()).orElseThrow();
        Optional<Dimension> dimension = Vocabulary.dimension(aggregate);
        if (dimension.isEmpty()) {
            mistakes.add(
                    call.arguments().get(0),
                    Mistakes.MISUSE,
                    "the values of the aggregate '" + aggregate.name()
                            + "' are no numbers, durations or histograms, and have no '" + call.function() + "'");
            return Optional.empty();
        }
        int slot = slots.slot(
                call.function() + " " + aggregate.name(),
                new SlotPlan.Probe<>(
                        "the aggregate " + aggregate.name(),
                        view -> reduced.of(Population.of(view.of(aggregate.name())))),
                atNanos);
        return Optional.of(Operand.future(dimension.get(), values -> values[slot]));
    }

    private static Optional<Population.Reduction> reduction(String function) {
        if (Functions.kind(function, List.of()) == Functions.Kind.PERCENTILE) {
            int percent = Functions.percent(function);
            return Optional.of(population -> population.percentile(percent));
        }
        return switch (function) {
            case "mean" -> Optional.of(Population::mean);
            case "min" -> Optional.of(Population::min);
            case "max" -> Optional.of(Population::max);
            default -> Optional.empty();
        };
    }

    /** What is known of the link to the candidate. */
    Optional<Operand> link(Expression.Call call) {
        if (!(call.arguments().get(0) instanceof Expression.Name name)
                || !name.name().equals("candidate")) {
            mistakes.add(
                    call.arguments().get(0),
                    Mistakes.NAME,
                    "'" + call.arguments().get(0).text()
                            + "' where 'candidate' was expected, the node that the alternative chooses");
            return Optional.empty();
        }
        int figure = linkFigures().indexOf(call.function());
        int slot = slots.slot(figure);
        return Optional.of(Operand.future(Recording.dimension(figure), values -> values[slot]));
    }

    /** 1 where a property is violated for certain, 0 where not. */
    Optional<Operand> violated(Expression.Call call, long atNanos) {
        return property(call).map(property -> {
            int slot = violation(property, atNanos);
            return Operand.future(Dimension.NUMBER, values -> values[slot]);
        });
    }

    private int violation(PropertyDescription<S> property, long atNanos) {
        return slots.slot(
                "property " + property.name(),
                new SlotPlan.Probe<>(
                        "the property " + property.name(),
                        view -> Verdicts.of(property, view) == Verdict.VIOLATED ? 1 : 0),
                atNanos);
    }

    private Optional<PropertyDescription<S>> property(Expression.Call call) {
        if (call.arguments().size() == 1 && call.arguments().get(0) instanceof Expression.Name name) {
            Optional<PropertyDescription<S>> property = vocabulary.property(name.name());
            if (property.isEmpty()) {
                mistakes.add(
                        name,
                        Mistakes.NAME,
                        vocabulary.protocol() + " has no property '" + name.name() + "'"
                                + Nearest.hint(name.name(), vocabulary.properties()));
            }
            return property;
        }
        mistakes.add(call, Mistakes.MISUSE, "'" + call.function() + "' takes the name of a property");
        return Optional.empty();
    }

    /** How long a property is violated: together, or at most at a stretch. */
    Optional<Operand> timeOf(Expression.Call call) {
        return property(call)
                .map(property -> Operand.future(
                        Dimension.DURATION,
                        violatedSeconds(property, call.function().equals("outage"))));
    }

    private Compiled violatedSeconds(PropertyDescription<S> property, boolean isLongest) {
        List<Integer> asked = new ArrayList<>();
        for (int question = 1; question <= QUESTIONS; question++) {
            asked.add(violation(
                    property, question == QUESTIONS ? horizonNanos() : horizonNanos() / QUESTIONS * question));
        }
        int[] places = asked.stream().mapToInt(Integer::intValue).toArray();
        double stepSeconds = horizonNanos() / NANOS_PER_SECOND / QUESTIONS;
        return values -> stepSeconds * violations(values, places, isLongest);
    }

    /** NaN when the property could not be told at one of the places: how long it was violated is unknown then. */
    private static double violations(double[] values, int[] places, boolean isLongest) {
        int all = 0;
        int atAStretch = 0;
        int longest = 0;
        for (int place : places) {
            if (Double.isNaN(values[place])) {
                return Double.NaN;
            }
            boolean isViolated = values[place] > 0;
            all += isViolated ? 1 : 0;
            atAStretch = isViolated ? atAStretch + 1 : 0;
            longest = Math.max(longest, atAStretch);
        }
        return isLongest ? longest : all;
    }

    /** By how much the longest outage exceeds what is allowed: what is written, else what the property declares. */
    Optional<Operand> outageBeyond(Expression.Call call, Optional<Expression.Within> written) {
        Optional<PropertyDescription<S>> property = property(call);
        if (property.isEmpty()) {
            return Optional.empty();
        }
        Optional<Double> allowed = written.map(within -> within.time().value())
                .or(() -> property.get().within().map(within -> within.toNanos() / NANOS_PER_SECOND));
        if (allowed.isEmpty()) {
            mistakes.add(
                    call, Mistakes.MISUSE, "'" + call.text() + "' says not within what time; add 'within 10s', say");
            return Optional.empty();
        }
        double allowedSeconds = allowed.get();
        if (allowedSeconds * NANOS_PER_SECOND >= horizonNanos()) {
            Expression at = written.isPresent() ? written.get().time() : call;
            mistakes.add(
                    at,
                    Mistakes.TIME,
                    "the horizon is " + inWords(horizonNanos()) + ": a time of "
                            + inWords(Math.round(allowedSeconds * NANOS_PER_SECOND)) + " is never exceeded before it");
            return Optional.empty();
        }
        Compiled outage = violatedSeconds(property.get(), true);
        return Optional.of(Operand.future(Dimension.DURATION, values -> outage.of(values) - allowedSeconds));
    }
}
