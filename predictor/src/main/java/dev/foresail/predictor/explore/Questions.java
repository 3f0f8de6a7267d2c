package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What is asked of every world: the protocol's safety properties in their order, then the properties of the history. Each
 * has a number, which is its bit where sets of them are told. Stateless.
 */
final class Questions {
    private final SystemModel<Object> model;
    private final List<String> names = new ArrayList<>();
    private final List<PropertyDescription<Object>> together = new ArrayList<>();
    private final List<Integer> togetherNumbers = new ArrayList<>();
    private final List<PropertyDescription<Object>> liveness;
    private final LocalProperties local;
    private final int firstOfHistory;

    Questions(SystemModel<Object> model) {
        this.model = model;
        List<Integer> numbers = new ArrayList<>();
        List<String> localNames = new ArrayList<>();
        List<BiPredicate<? super Object, NodeId>> predicates = new ArrayList<>();
        for (PropertyDescription<Object> property : model.machine().properties()) {
            if (property.kind() == PropertyDescription.Kind.SAFETY) {
                if (property.atEachNode().isPresent()) {
                    numbers.add(names.size());
                    localNames.add(property.name());
                    predicates.add(property.atEachNode().get());
                } else {
                    togetherNumbers.add(names.size());
                    together.add(property);
                }
                names.add(property.name());
            }
        }
        this.local = new LocalProperties(model.machine(), numbers, localNames, predicates, new AtomicLong());
        this.liveness = model.machine().properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.LIVENESS)
                .toList();
        this.firstOfHistory = names.size();
        model.history().ifPresent(observed -> names.addAll(observed.properties().keySet()));
        if (names.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    model.machine().protocol() + " has more than " + Long.SIZE + " properties");
        }
        if (liveness.size() > Integer.SIZE) {
            throw new IllegalArgumentException(
                    model.machine().protocol() + " has more than " + Integer.SIZE + " liveness properties");
        }
    }

    List<String> names() {
        return names;
    }

    LocalProperties local() {
        return local;
    }

    int firstOfHistory() {
        return firstOfHistory;
    }

    /** Whether some property looks at several nodes together. */
    boolean hasTogether() {
        return !together.isEmpty();
    }

    /**
     * The properties of several nodes together that are violated, a bit each.
     *
     * @param untold is told of those of which nothing can be said
     */
    long violatedTogether(SystemView<Object> view, Untold untold) {
        long violated = 0;
        for (int index = 0; index < together.size(); index++) {
            Verdict verdict = verdict(together.get(index), view);
            if (verdict == Verdict.VIOLATED) {
                violated |= 1L << togetherNumbers.get(index);
            } else if (verdict != Verdict.HOLDS) {
                untold.add(togetherNumbers.get(index));
            }
        }
        return violated;
    }

    private Verdict verdict(PropertyDescription<Object> property, SystemView<Object> view) {
        return GuardedQuestions.of(model.machine(), property, view);
    }

    boolean hasLiveness() {
        return !liveness.isEmpty();
    }

    List<String> livenessNames() {
        return liveness.stream().map(PropertyDescription::name).toList();
    }

    /** What can be said of the liveness properties, in one number, so that it can be remembered. */
    long liveness(SystemView<Object> view) {
        long violated = 0;
        long held = 0;
        for (int index = 0; index < liveness.size(); index++) {
            Verdict verdict = verdict(liveness.get(index), view);
            violated |= verdict == Verdict.VIOLATED ? 1L << index : 0;
            held |= verdict == Verdict.HOLDS ? 1L << index : 0;
        }
        return held << Integer.SIZE | violated;
    }

    /** Whether all liveness properties hold. */
    boolean isLive(long said) {
        return Long.bitCount(held(said)) == liveness.size();
    }

    /** Of what {@link #liveness} has said, the properties that hold, a bit each. */
    static long held(long said) {
        return said >>> Integer.SIZE;
    }

    /** The liveness properties that do not hold yet, a bit each; those of which nothing can be said are not among them. */
    static long notYet(long said) {
        return said & 0xFFFFFFFFL;
    }

    /** The liveness properties of which nothing can be said, a bit each. */
    long untoldLiveness(long said) {
        return (1L << liveness.size()) - 1 & ~held(said) & ~notYet(said);
    }

    boolean hasConstraints() {
        return !model.constraints().isEmpty();
    }

    boolean isWithinConstraints(SystemView<Object> view) {
        return model.constraints().stream().allMatch(constraint -> holds(constraint, view));
    }

    /** What depends on nodes that are not known cuts nothing. */
    private static boolean holds(Predicate<SystemView<Object>> constraint, SystemView<Object> view) {
        try {
            return constraint.test(view);
        } catch (UnknownNodeException unknown) {
            return true;
        }
    }
}
