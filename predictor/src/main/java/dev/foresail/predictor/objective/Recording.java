package dev.foresail.predictor.objective;

import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.objective.language.Dimension;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one roll-out has answered so far. What throws, or is no number, is unknown: the author's mistake is told and costs nobody a choice. Not
 * thread-safe.
 */
public final class Recording<S> {
    private static final double SECONDS_PER_MILLI = 1e-3;
    private static final double BITS_PER_MEGABIT = 1e6;

    private static final List<LinkFigure> FIGURES = List.of(LinkFigure.values());

    private final Plan<S> plan;
    private final double[] values;
    private final double[] asked;
    private int taken;
    private int violated;
    private Optional<String> trouble = Optional.empty();

    /** The questions of an objective, compiled. Immutable. */
    static final class Plan<S> {
        private final Machine<S> machine;
        private final List<SlotPlan.Probe<S>> probes;
        private final SlotPlan.Slot[] slots;
        private final long[] times;
        private final Compiled[] columns;

        Plan(Machine<S> machine, SlotPlan<S> slots, List<Compiled> columns) {
            this.machine = machine;
            this.probes = slots.probes();
            this.slots = slots.slots().toArray(new SlotPlan.Slot[0]);
            this.times = slots.times();
            this.columns = columns.toArray(new Compiled[0]);
        }

        long[] timesNanos() {
            return times.clone();
        }

        boolean hasFigures() {
            return Arrays.stream(slots).anyMatch(SlotPlan.Slot::isFigure);
        }
    }

    /** @param figures of the link to the alternative's candidate by the order of {@link Vocabulary#linkFigures}, NaN where unknown; may be empty */
    Recording(Plan<S> plan, double[] figures) {
        this.plan = plan;
        this.values = new double[plan.slots.length];
        this.asked = new double[plan.probes.size()];
        for (int slot = 0; slot < values.length; slot++) {
            SlotPlan.Slot at = plan.slots[slot];
            values[slot] = at.isFigure() && at.figure() < figures.length
                    ? figures[at.figure()] * factor(at.figure())
                    : Double.NaN;
        }
    }

    /**
     * What a figure of a link counts in: those of providers are plain numbers.
     *
     * @param figure its place in {@link Vocabulary#linkFigures}
     */
    static Dimension dimension(int figure) {
        if (figure >= FIGURES.size()) {
            return Dimension.NUMBER;
        }
        return switch (FIGURES.get(figure)) {
            case RTT -> Dimension.DURATION;
            case BANDWIDTH -> Dimension.RATE;
            case LOSS -> Dimension.NUMBER;
        };
    }

    private static double factor(int figure) {
        return switch (dimension(figure)) {
            case DURATION -> SECONDS_PER_MILLI;
            case RATE -> BITS_PER_MEGABIT;
            default -> 1;
        };
    }

    static <S> double zeroIfUnknown(MetricDescription<S> metric, PictureView<S> view) {
        try {
            return metric.evaluate(view, view);
        } catch (UnknownNodeException unknown) {
            return 0;
        }
    }

    /** When the roll-out is to be looked at next, in nanoseconds from the choice on; {@link Long#MAX_VALUE} when at the end only. */
    public long nextNanos() {
        return taken + 1 < plan.times.length ? plan.times[taken] : Long.MAX_VALUE;
    }

    /** Takes what there is to see at {@link #nextNanos}. */
    public void sample(PictureView<S> view) {
        ask(view, plan.times[taken]);
        taken++;
    }

    /**
     * Takes what there is to see at the horizon.
     *
     * @param failures handlers that threw
     * @return first the failures and violated safety properties, where most were, then the columns that the goals rest on
     */
    public double[] end(PictureView<S> view, int failures) {
        ask(view, plan.times[plan.times.length - 1]);
        return row(failures);
    }

    /** Takes the present for every time. */
    double[] present(PictureView<S> view) {
        violated = violatedSafety(view);
        Arrays.setAll(asked, probe -> answer(plan.probes.get(probe), view));
        for (int slot = 0; slot < values.length; slot++) {
            SlotPlan.Slot at = plan.slots[slot];
            if (!at.isFigure()) {
                values[slot] = asked[at.probe()];
            }
        }
        return row(0);
    }

    private double[] row(int failures) {
        double[] row = new double[plan.columns.length + 1];
        row[0] = violated + failures;
        for (int column = 1; column < row.length; column++) {
            row[column] = plan.columns[column - 1].of(values);
        }
        return row;
    }

    private void ask(PictureView<S> view, long atNanos) {
        violated = Math.max(violated, violatedSafety(view));
        for (int slot = 0; slot < values.length; slot++) {
            SlotPlan.Slot at = plan.slots[slot];
            if (!at.isFigure() && at.atNanos() == atNanos) {
                values[slot] = answer(plan.probes.get(at.probe()), view);
            }
        }
    }

    private double answer(SlotPlan.Probe<S> probe, PictureView<S> view) {
        try {
            double value = probe.ask().applyAsDouble(view);
            if (Double.isNaN(value)) {
                told(probe.name() + " is not a number in a future");
            }
            return value;
        } catch (UnknownNodeException unknown) {
            return Double.NaN;
        } catch (RuntimeException thrown) {
            told(probe.name() + " threw in a future: " + thrown);
            return Double.NaN;
        }
    }

    private int violatedSafety(PictureView<S> view) {
        int count = 0;
        for (PropertyDescription<S> property : plan.machine.properties()) {
            if (property.kind() == PropertyDescription.Kind.SAFETY && isViolated(property, view)) {
                count++;
            }
        }
        return count;
    }

    private boolean isViolated(PropertyDescription<S> property, PictureView<S> view) {
        try {
            return Verdicts.of(property, view) == Verdict.VIOLATED;
        } catch (RuntimeException thrown) {
            told("the property " + property.name() + " threw in a future: " + thrown);
            return false;
        }
    }

    private void told(String text) {
        if (trouble.isEmpty()) {
            trouble = Optional.of(text);
        }
    }

    /** The first thing that could not be told. */
    public Optional<String> trouble() {
        return trouble;
    }
}
