package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.explore.TimedPaths;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.HappensBefore.Seen;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Orders a path so that what causes something stands right before it. Not thread-safe.
 *
 * <p>Idea: of all orders that keep what {@link HappensBefore} says, the one that a depth-first walk from the last step
 * gives; what the last step does not depend on comes right before it. Whether the path still leads to the same is tried out.
 *
 * @param <S> the protocol's state
 */
public final class CausalOrder<S> {
    private final SystemModel<S> model;
    private final Footing<S> footing;
    private final TimedPaths times;
    private final FirstWorlds<S> initialWorlds;

    public CausalOrder(SystemModel<S> model) {
        this.model = model;
        this.footing = new Footing<>(model);
        this.times = new TimedPaths(model);
        this.initialWorlds = new FirstWorlds<>(model);
    }

    /** The same violation with its path in causal order; unchanged when that would not lead to it. */
    public Violation of(Violation violation) {
        Optional<List<Action>> arranged = arranged(violation.initialWorld(), violation.actions());
        return arranged.filter(actions -> leadsTo(violation, actions))
                .map(actions -> new Violation(
                        violation.property(),
                        violation.isLiveness(),
                        violation.initialWorld(),
                        actions,
                        violation.detail()))
                .orElse(violation);
    }

    private boolean leadsTo(Violation violation, List<Action> actions) {
        try {
            return isViolatedBy(violation, actions);
        } catch (QuestionFailedException elsewhere) {
            // The other order comes through other worlds, of which a property cannot be asked: then it is of no use.
            return false;
        }
    }

    private boolean isViolatedBy(Violation violation, List<Action> actions) {
        ReferenceWorld<S> world = initialWorlds.get(violation.initialWorld()).orElseThrow();
        Judge<S> judge = new Judge<>(model, violation.property(), violation.isLiveness());
        judge.begin(world);
        for (int index = 0; index < actions.size(); index++) {
            Optional<Transition<S>> next = footing.exactly(world, actions.get(index));
            boolean isLast = index == actions.size() - 1;
            if (next.isEmpty()
                    || (!isLast && next.get().taken().thrown().isPresent())
                    || !next.get().taken().world().isWithinConstraints()) {
                return false;
            }
            judge.after(next.get().taken());
            world = next.get().taken().world();
        }
        return judge.isViolated() && times.areTimely(violation.initialWorld(), actions);
    }

    /** The path in causal order, which was not tried out; empty when the path is not possible as it is. */
    Optional<List<Action>> arranged(int initialWorld, List<Action> path) {
        Optional<ReferenceWorld<S>> begin = initialWorlds.get(initialWorld);
        if (begin.isEmpty()) {
            return Optional.empty();
        }
        ReferenceWorld<S> world = begin.get();
        List<Seen> seen = new ArrayList<>();
        for (Action action : path) {
            Optional<Transition<S>> next = footing.exactly(world, action);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Taken<S> taken = next.get().taken();
            Set<NodeId> reconnected = reconnected(action.node(), world, taken.world());
            seen.add(new Seen(action, taken.sends(), reconnected));
            world = taken.world();
        }
        int[][] causes = new HappensBefore(model).causes(seen);
        return Optional.of(
                Arrays.stream(order(path, causes)).mapToObj(path::get).toList());
    }

    private Set<NodeId> reconnected(NodeId node, ReferenceWorld<S> before, ReferenceWorld<S> after) {
        Set<NodeId> one = neighbours(node, before);
        Set<NodeId> other = neighbours(node, after);
        Set<NodeId> different = new TreeSet<>(one);
        different.addAll(other);
        different.removeIf(peer -> one.contains(peer) && other.contains(peer));
        return different;
    }

    /** Empty where the protocol does not say: then every node is connected to every other all the time. */
    private Set<NodeId> neighbours(NodeId node, ReferenceWorld<S> world) {
        return GuardedQuestions.neighbours(model.machine(), world.state(node), node)
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    /** The indices in their new order. */
    private static int[] order(List<Action> path, int[][] causes) {
        Walk walk = new Walk(path, causes);
        int last = path.size() - 1;
        if (last >= 0) {
            walk.placeCausesOf(last);
            // In the old order, which is one of those that keep what happens before what.
            for (int index = 0; index < last; index++) {
                walk.place(index);
            }
            walk.place(last);
        }
        return walk.order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The walk through the causes; a stack of its own, as paths may be longer than Java's. */
    private static final class Walk {
        private final List<Action> path;
        private final int[][] causes;
        private final BitSet placed = new BitSet();
        private final List<Integer> order = new ArrayList<>();

        Walk(List<Action> path, int[][] causes) {
            this.path = path;
            this.causes = causes;
        }

        void placeCausesOf(int step) {
            sorted(step).forEach(this::place);
        }

        void place(int step) {
            List<Integer> stack = new ArrayList<>(List.of(step));
            while (!stack.isEmpty()) {
                int top = stack.get(stack.size() - 1);
                Optional<Integer> missing = placed.get(top)
                        ? Optional.empty()
                        : sorted(top).stream()
                                .filter(cause -> !placed.get(cause))
                                .findFirst();
                if (missing.isPresent()) {
                    stack.add(missing.get());
                } else {
                    stack.remove(stack.size() - 1);
                    if (!placed.get(top)) {
                        placed.set(top);
                        order.add(top);
                    }
                }
            }
        }

        /** What came before at the node itself first, so that what a message comes of stands next to its delivery. */
        private List<Integer> sorted(int step) {
            NodeId node = path.get(step).node();
            List<Integer> here = new ArrayList<>();
            List<Integer> elsewhere = new ArrayList<>();
            for (int cause : causes[step]) {
                (path.get(cause).node().equals(node) ? here : elsewhere).add(cause);
            }
            here.addAll(elsewhere);
            return here;
        }
    }
}
