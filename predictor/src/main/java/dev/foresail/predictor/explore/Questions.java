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
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is asked of every world: the protocol's safety properties in their order, then the properties of the history. Each
 * has a number, which is its bit where sets of them are told. Stateless.
 */
final class Questions {
    private final SystemModel<Object> model;
    private final List<String> names = new ArrayList<>();
    private final List<PropertyDescription<Object>> together = new ArrayList<>();
    private final List<Integer> togetherNumbers = new ArrayList<>();
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
        this.local = new LocalProperties(model.machine(), numbers, localNames, predicates);
        this.firstOfHistory = names.size();
        model.history().ifPresent(observed -> names.addAll(observed.properties().keySet()));
        if (names.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    model.machine().protocol() + " has more than " + Long.SIZE + " properties");
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

    /** The properties of several nodes together that are violated, a bit each. */
    long violatedTogether(SystemView<Object> view) {
        long violated = 0;
        for (int index = 0; index < together.size(); index++) {
            if (verdict(together.get(index), view) == Verdict.VIOLATED) {
                violated |= 1L << togetherNumbers.get(index);
            }
        }
        return violated;
    }

    boolean hasLiveness() {
        return liveness().findAny().isPresent();
    }

    /** Whether all liveness properties hold. */
    boolean isLive(SystemView<Object> view) {
        return liveness().allMatch(property -> verdict(property, view) == Verdict.HOLDS);
    }

    /** The name of the first liveness property that does not hold; there must be one. */
    String firstNotLive(SystemView<Object> view) {
        return liveness()
                .filter(property -> verdict(property, view) != Verdict.HOLDS)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private Verdict verdict(PropertyDescription<Object> property, SystemView<Object> view) {
        return GuardedQuestions.of(model.machine(), property, view);
    }

    private Stream<PropertyDescription<Object>> liveness() {
        return model.machine().properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.LIVENESS);
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
