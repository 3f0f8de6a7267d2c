package dev.foresail.predictor.view;

import dev.foresail.choice.Multiset;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MultisetPredicate;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.guardrail.GuardedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks what users want to know of worlds, each question within a limit of steps. All throw a {@link
 * dev.foresail.predictor.guardrail.QuestionFailedException} FS269 that names the question when it throws or does not return.
 * Not to be called while a handler runs. Pure functions.
 */
public final class GuardedQuestions {
    /** Worlds of many nodes, or of large ones, are not told to the end. */
    private static final int MOST_CHARACTERS = 500;

    private GuardedQuestions() {}

    /** As {@link Verdicts#of}. */
    public static <S> Verdict of(Machine<S> machine, PropertyDescription<S> property, SystemView<S> view) {
        return GuardedRun.ask(
                () -> nameOf(machine, property.name()), () -> words(machine, view), () -> Verdicts.of(property, view));
    }

    /**
     * Whether a property of single nodes holds at one of them.
     *
     * @throws dev.foresail.choice.UnknownNodeException when it depends on nodes that are not known
     */
    public static <S> boolean holdsAt(
            Machine<S> machine, String property, BiPredicate<? super S, NodeId> predicate, S state, NodeId node) {
        return GuardedRun.ask(
                () -> nameOf(machine, property), () -> words(machine, node, state), () -> predicate.test(state, node));
    }

    /**
     * Brings what one node contributes to a property up to date.
     *
     * @param state of that node; empty when it is down
     * @return what {@code update} says
     */
    public static <S> boolean contributes(
            Machine<S> machine, String property, NodeId node, Optional<S> state, Supplier<Boolean> update) {
        return GuardedRun.ask(
                () -> nameOf(machine, property),
                () -> state.map(known -> words(machine, node, known)).orElse(node + " is down"),
                update);
    }

    /** Whether a property of what all nodes contribute holds of these multisets, which are in the predicate's order. */
    public static <S> boolean holdsOf(
            Machine<S> machine, String property, MultisetPredicate<S> predicate, List<Multiset<?>> multisets) {
        return GuardedRun.ask(
                () -> nameOf(machine, property),
                () -> words(predicate, multisets),
                () -> predicate.predicate().test(multisets));
    }

    /**
     * Whether a constraint holds.
     *
     * @param number its place in the model, from 1
     * @throws dev.foresail.choice.UnknownNodeException when it depends on nodes that are not known
     */
    public static <S> boolean isWithin(
            Machine<S> machine, int number, Predicate<SystemView<S>> constraint, SystemView<S> view) {
        return GuardedRun.ask(
                () -> "constraint " + number + " of " + machine.protocol() + "'s model",
                () -> words(machine, view),
                () -> constraint.test(view));
    }

    /** The nodes that the state names as its neighbours; empty when the protocol does not say. */
    public static <S> Optional<List<NodeId>> neighbours(Machine<S> machine, S state, NodeId node) {
        return GuardedRun.ask(
                () -> "the @Neighbours method of " + machine.protocol(),
                () -> words(machine, node, state),
                () -> machine.neighbours(state).map(List::copyOf));
    }

    private static String nameOf(Machine<?> machine, String property) {
        return "the property " + machine.protocol() + "." + property;
    }

    private static <S> String words(Machine<S> machine, SystemView<S> view) {
        String words = view.nodes().stream()
                .map(node -> words(machine, node, view.state(node)))
                .collect(Collectors.joining(", "));
        return shortened(words);
    }

    private static <S> String words(MultisetPredicate<S> predicate, List<Multiset<?>> multisets) {
        List<String> words = new ArrayList<>();
        for (Multiset<?> each : multisets) {
            words.add(predicate.contributions().get(words.size()).name() + "=" + each);
        }
        return shortened(String.join(", ", words));
    }

    private static String shortened(String words) {
        return words.length() <= MOST_CHARACTERS ? words : words.substring(0, MOST_CHARACTERS) + "...";
    }

    private static <S> String words(Machine<S> machine, NodeId node, S state) {
        return machine.values(state).stream()
                .map(GuardedQuestions::words)
                .collect(Collectors.joining(", ", node + " {", "}"));
    }

    private static String words(FieldValue field) {
        return field.name() + "=" + field.value();
    }
}
