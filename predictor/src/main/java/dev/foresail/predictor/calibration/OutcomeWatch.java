package dev.foresail.predictor.calibration;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out what a node's decisions have come to, in the node's own picture: the objective is asked of the node and those that were its neighbours when it decided, at the times at which
 * roll-outs are asked, of each neighbour by the checkpoint that was taken nearest to them. So a little has to be waited for after the horizon. It draws nothing, sends nothing and asks nobody, so
 * nothing that happens depends on it. Used on the node's thread only.
 *
 * <p>Weaknesses: between two rounds of checkpoints neighbours may have gone on, and a node at which nothing happens does not look. What the objective makes of the link to a candidate is not
 * known afterwards, so objectives with figures of links have no outcomes.
 */
public final class OutcomeWatch<S> {
    /** More at a time would cost more than they tell: what happens at the same time has the same reasons. */
    private static final int MOST_PENDING = 4;

    /** How often it is looked whether neighbours have told more. */
    private static final long LOOK_AGAIN_NANOS = 250_000_000L;

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final double[] NO_FIGURES = {};

    private final Machine<S> machine;
    private final BoundObjective<S> objective;
    private final Experience experience;
    private final long[] timesNanos;
    private final List<Pending<S>> pending = new ArrayList<>();
    private final List<Pending<S>> over = new ArrayList<>();
    /** Decided, and the node has not been looked at since. */
    private Optional<Taken> taken = Optional.empty();

    private long dueNanos = Long.MAX_VALUE;

    /** @param experience is told of outcomes */
    public OutcomeWatch(Machine<S> machine, BoundObjective<S> objective, Experience experience) {
        this.machine = machine;
        this.objective = objective;
        this.experience = experience;
        this.timesNanos = objective.timesNanos();
    }

    /** A decision of which it is not known yet who was in sight. */
    private record Taken(ChoiceTerm of, double predicted, long atNanos) {}

    /** A decision whose outcome is not known. */
    private static final class Pending<S> {
        final ChoiceTerm of;
        final double predicted;
        final Set<NodeId> sight;
        final long beganNanos;
        final List<Frame<S>> frames = new ArrayList<>();

        Pending(ChoiceTerm of, double predicted, Set<NodeId> sight, long beganNanos) {
            this.of = of;
            this.predicted = predicted;
            this.sight = sight;
            this.beganNanos = beganNanos;
        }
    }

    /**
     * A decision is taken by values that were predicted; it is followed from the next look on, which is to come before the node has changed. Passed by while enough others are followed, and
     * where there are no outcomes.
     *
     * @param predicted the value of what is taken
     */
    public void decided(String choice, Decision.Value predicted, long nowNanos) {
        if (objective.usesLinks() || pending.size() >= MOST_PENDING || predicted.term() < Decision.Value.FIRST_GOAL) {
            return;
        }
        taken = Optional.of(new Taken(new ChoiceTerm(choice, predicted.term()), predicted.mean(), nowNanos));
    }

    /** Takes down what is due, if anything is, and who is in sight of what was decided; before the node changes. */
    public void look(RestingNode<S> node, long nowNanos) {
        if (nowNanos >= dueNanos) {
            takeDown(node, nowNanos);
        }
        if (taken.isPresent()) {
            follow(taken.get(), node);
            taken = Optional.empty();
        }
    }

    private void follow(Taken decision, RestingNode<S> node) {
        Set<NodeId> sight;
        try {
            sight = new HashSet<>(this.<Collection<NodeId>>asked(
                    "the neighbours",
                    () -> machine.neighbours(node.state())
                            .orElseGet(() -> node.channels().keySet())));
        } catch (RuntimeException thrown) {
            // The author's code cannot say who the neighbours are: then nothing can be said in their sight.
            return;
        }
        sight.remove(node.self());
        pending.add(new Pending<>(decision.of(), decision.predicted(), sight, decision.atNanos()));
        dueNanos = Math.min(dueNanos, decision.atNanos() + timesNanos[0]);
    }

    /** Runs the author's code on the node's thread, where it must neither go on forever nor end the node with an error. */
    private <T> T asked(String what, Supplier<T> question) {
        return GuardedRun.ask(() -> machine.protocol() + ": " + what, String::new, question);
    }

    private void takeDown(RestingNode<S> node, long nowNanos) {
        dueNanos = Long.MAX_VALUE;
        try {
            Snapshot<S> snapshot = node.snapshot();
            Iterator<Pending<S>> each = pending.iterator();
            while (each.hasNext()) {
                Pending<S> one = each.next();
                if (isOver(one, snapshot, nowNanos)) {
                    each.remove();
                    over.add(one);
                }
            }
        } catch (RuntimeException | Error thrown) {
            // Nobody has asked: what is wrong with the author's code is told where somebody does, and ends no node
            // here.
            pending.clear();
        }
    }

    /** Learns from what is over, which may take longer; after an event, when what it has decided is done. */
    public void learn() {
        if (over.isEmpty()) {
            return;
        }
        List<Pending<S>> judged = List.copyOf(over);
        over.clear();
        for (Pending<S> one : judged) {
            experience.add(one.of, new Residual(one.predicted, outcome(one)));
        }
    }

    /** Takes what is due; whether that is all. */
    private boolean isOver(Pending<S> one, Snapshot<S> snapshot, long nowNanos) {
        boolean isSettled = true;
        for (Frame<S> frame : one.frames) {
            frame.take(snapshot, nowNanos);
            isSettled &= frame.isSettled(snapshot, nowNanos);
        }
        while (one.frames.size() < timesNanos.length) {
            long atNanos = one.beganNanos + timesNanos[one.frames.size()];
            if (atNanos > nowNanos) {
                dueNanos = Math.min(dueNanos, atNanos);
                return false;
            }
            one.frames.add(new Frame<>(snapshot, one.sight, atNanos, nowNanos));
            isSettled = false;
        }
        long endNanos = one.beganNanos + timesNanos[timesNanos.length - 1];
        if (isSettled || nowNanos >= endNanos + PATIENCE_NANOS) {
            return true;
        }
        dueNanos = Math.min(dueNanos, nowNanos + LOOK_AGAIN_NANOS);
        return false;
    }

    /** What the term came to; NaN when that cannot be told, as the author's code throws, and when a safety property was violated. */
    private double outcome(Pending<S> one) {
        try {
            double[] costs = asked("what a decision has come to", () -> costs(one.frames));
            return costs[0] > 0 ? Double.NaN : costs[one.of.term()];
        } catch (RuntimeException thrown) {
            return Double.NaN;
        }
    }

    private double[] costs(List<Frame<S>> frames) {
        Recording<S> recording = objective.begin(NO_FIGURES);
        int last = timesNanos.length - 1;
        for (int index = 0; index < last; index++) {
            recording.sample(frames.get(index).view(machine));
        }
        return objective.costs(List.of(recording.end(frames.get(last).view(machine), 0)));
    }
}
