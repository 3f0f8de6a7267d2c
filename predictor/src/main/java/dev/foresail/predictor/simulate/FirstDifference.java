package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Plays two simulations that should be the same side by side, and finds the first event that differs: by what happened, when and where,
 * or by what it made of its node's state. Pure functions.
 */
public final class FirstDifference {
    private FirstDifference() {}

    /**
     * What a node handled in one of the two runs.
     *
     * @param seconds of virtual time
     * @param text node and event
     */
    public record Happening(double seconds, NodeId node, String text) {}

    /** A field of the node's state after the event in both runs. */
    public record Field(String name, String first, String second) {}

    /**
     * The first event that differs.
     *
     * @param number which event of the simulation, from 1
     * @param first what it was in the first run; empty when nothing was handled any more
     * @param second the same of the second run
     * @param fields when both are the same: what they made of the node's state
     */
    public record Difference(long number, Optional<Happening> first, Optional<Happening> second, List<Field> fields) {
        public Difference {
            fields = List.copyOf(fields);
        }

        /** In words, a line each. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>(List.of("    event " + number + " is the first that differs:"));
            lines.add(words("first run: ", first));
            lines.add(words("second run:", second));
            fields.forEach(field -> lines.add(
                    "        after it " + field.name() + " is " + field.first() + ", and then " + field.second()));
            return lines;
        }

        private static String words(String run, Optional<Happening> happening) {
            return "        " + run + " "
                    + happening
                            .map(what -> String.format(Locale.ROOT, "%.9f s  %s", what.seconds(), what.text()))
                            .orElse("nothing more");
        }
    }

    /**
     * Looks for the difference.
     *
     * @param start starts a run, and hands it to the follower before anything is scheduled
     * @param until when the runs end
     * @param stopped whether to give it up
     * @return empty when there is none, when it was given up, or when no event tells it
     */
    public static <S> Optional<Difference> find(
            Function<Consumer<Simulation<S>>, Simulation<S>> start, Duration until, BooleanSupplier stopped) {
        Run<S> first = new Run<>(start);
        Run<S> second = new Run<>(start);
        boolean goesOn = true;
        long compared = 0;
        while (goesOn && !stopped.getAsBoolean()) {
            int both = Math.max(first.news.size(), second.news.size());
            for (int index = 0; index < both; index++) {
                compared++;
                if (!first.at(index).equals(second.at(index))) {
                    return Optional.of(difference(compared, first.at(index), second.at(index)));
                }
            }
            boolean firstGoesOn = first.step(until);
            boolean secondGoesOn = second.step(until);
            goesOn = firstGoesOn || secondGoesOn;
        }
        return Optional.empty();
    }

    private static Difference difference(long number, Optional<Seen> first, Optional<Seen> second) {
        List<Field> fields = new ArrayList<>();
        if (first.isPresent()
                && second.isPresent()
                && first.get().what().equals(second.get().what())) {
            List<FieldValue> one = first.get().state();
            List<FieldValue> other = second.get().state();
            for (int index = 0; index < Math.min(one.size(), other.size()); index++) {
                if (!one.get(index).equals(other.get(index))) {
                    fields.add(new Field(
                            one.get(index).name(),
                            String.valueOf(one.get(index).value()),
                            String.valueOf(other.get(index).value())));
                }
            }
        }
        return new Difference(number, first.map(Seen::what), second.map(Seen::what), fields);
    }

    /** @param state of the node after it; empty when it is down */
    private record Seen(Happening what, List<FieldValue> state) {}

    private static final class Run<S> {
        private final List<Seen> news = new ArrayList<>();
        private final Simulation<S> simulation;

        Run(Function<Consumer<Simulation<S>>, Simulation<S>> start) {
            this.simulation =
                    start.apply(system -> system.onHandled((node, event) -> news.add(seen(system, node, event))));
        }

        private static <S> Seen seen(Simulation<S> system, NodeId node, Event event) {
            List<FieldValue> state =
                    system.isUp(node) ? system.settings().machine().values(system.stateItself(node)) : List.of();
            return new Seen(new Happening(system.nowNanos() / 1e9, node, ViolationText.text(node, event)), state);
        }

        private Optional<Seen> at(int index) {
            return index < news.size() ? Optional.of(news.get(index)) : Optional.empty();
        }

        /** Lets events happen until a node has handled something; false when nothing is left. */
        private boolean step(Duration until) {
            news.clear();
            boolean goesOn = true;
            while (goesOn && news.isEmpty()) {
                goesOn = simulation.timeline().runOne(until.toNanos());
            }
            return goesOn;
        }
    }
}
