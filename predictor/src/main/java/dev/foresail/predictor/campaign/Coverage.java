package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What runs have tried of a protocol, in its own terms: handlers and their guards by kind of event, timers, messages, calls, choices. A
 * deferred message, and one that waits for a prediction, is asked for more than once. Not thread-safe.
 */
public final class Coverage {
    private final Machine<?> machine;
    private final SortedMap<String, Long> asked = new TreeMap<>();
    private final List<SortedMap<String, Counts>> handlers = new ArrayList<>();
    private final SortedMap<String, long[]> choices = new TreeMap<>();
    /** By state class, by kind of event. */
    private final SortedMap<String, SortedMap<String, Long>> met = new TreeMap<>();

    /** Of a protocol of which nothing was tried yet. */
    public Coverage(Machine<?> machine) {
        this.machine = machine;
        machine.handlers().forEach(handler -> handlers.add(new TreeMap<>()));
    }

    private static final class Counts {
        private long enabled;
        private long ran;
    }

    /**
     * A handler and a kind of event.
     *
     * @param asked how often such an event came
     * @param enabled how often the guards let it
     * @param ran how often the handler ran
     */
    public record Pair(String handler, String event, long asked, long enabled, long ran) {}

    /**
     * A class of states and a kind of event.
     *
     * @param state the values of the fields of {@code enum} types and of type {@code boolean}, such as {@code role=LEADER}
     * @param asked how often such an event came in such a state
     */
    public record StateEvent(String state, String event, long asked) {}

    /**
     * A choice among alternatives.
     *
     * @param taken how often each was taken, in the order in which they were offered
     */
    public record Choice(String choice, long made, List<Long> taken) {
        public Choice {
            taken = List.copyOf(taken);
        }
    }

    /** What was never tried; each list is empty when all of it was. */
    public record Never(
            List<String> handlersRun,
            List<String> guardsTrue,
            List<String> guardsFalse,
            List<String> timersFired,
            List<String> messagesReceived,
            List<String> callsMade,
            List<String> choicesMade,
            List<String> alternativesTaken,
            List<String> stateEventsMet) {}

    /** An event has come to a node. */
    void asked(Event event, List<Alternative> alternatives) {
        String kind = machine.kind(event);
        asked.merge(kind, 1L, Long::sum);
        int before = -1;
        for (Alternative alternative : alternatives) {
            if (alternative.handler() != before) {
                before = alternative.handler();
                counts(before, kind).enabled++;
            }
        }
    }

    /** An event has come in a state of a class. */
    void met(String stateClass, Event event) {
        met.computeIfAbsent(stateClass, first -> new TreeMap<>()).merge(machine.kind(event), 1L, Long::sum);
    }

    /** A handler has chosen, while it ran. */
    void chose(String choice, List<?> candidates, List<?> chosen) {
        long[] taken = grown(choice, candidates.size());
        chosen.forEach(one -> taken[candidates.indexOf(one)]++);
    }

    /** A handler runs. */
    void ran(Event event, Alternative alternative) {
        counts(alternative.handler(), machine.kind(event)).ran++;
    }

    private Counts counts(int handler, String kind) {
        return handlers.get(handler).computeIfAbsent(kind, first -> new Counts());
    }

    /** A choice was made. */
    void decided(Decision decision) {
        grown(decision.choice(), decision.options().size())[decision.chosen()]++;
    }

    private long[] grown(String choice, int size) {
        return choices.merge(
                choice,
                new long[size],
                (had, fresh) -> had.length >= fresh.length ? had : Arrays.copyOf(had, fresh.length));
    }

    /** Adds what another run of the same protocol has tried. */
    public void add(Coverage other) {
        other.asked.forEach((kind, count) -> asked.merge(kind, count, Long::sum));
        for (int handler = 0; handler < handlers.size(); handler++) {
            int index = handler;
            other.handlers.get(handler).forEach((kind, counts) -> {
                Counts own = counts(index, kind);
                own.enabled += counts.enabled;
                own.ran += counts.ran;
            });
        }
        other.met.forEach((state, events) -> {
            SortedMap<String, Long> own = met.computeIfAbsent(state, first -> new TreeMap<>());
            events.forEach((kind, count) -> own.merge(kind, count, Long::sum));
        });
        other.choices.forEach((choice, taken) -> {
            long[] own = grown(choice, taken.length);
            for (int index = 0; index < taken.length; index++) {
                own[index] += taken[index];
            }
        });
    }

    /** Every handler with every kind of event that it handles, in the order of the source. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int index = 0; index < handlers.size(); index++) {
            HandlerDescription handler = machine.handlers().get(index);
            Map<String, Counts> counts = new LinkedHashMap<>();
            handler.events().forEach(kind -> counts.put(kind, new Counts()));
            counts.putAll(handlers.get(index));
            counts.forEach((kind, own) ->
                    pairs.add(new Pair(handler.name(), kind, asked.getOrDefault(kind, 0L), own.enabled, own.ran)));
        }
        return pairs;
    }

    /** Which kinds of events came in which classes of states; empty for a protocol whose states are all of one class. */
    public List<StateEvent> stateEvents() {
        List<StateEvent> list = new ArrayList<>();
        met.forEach((state, events) -> events.forEach((kind, count) -> list.add(new StateEvent(state, kind, count))));
        return list;
    }

    /** The choices that were made, by name: those of choice points, and those that handlers make while they run. */
    public List<Choice> choices() {
        List<Choice> list = new ArrayList<>();
        choices.forEach((name, taken) -> {
            List<Long> counts = Arrays.stream(taken).boxed().toList();
            list.add(new Choice(name, counts.stream().mapToLong(Long::longValue).sum(), counts));
        });
        return list;
    }

    /** What was never tried. */
    public Never never() {
        List<Pair> pairs = pairs();
        return new Never(
                notRun(pairs),
                guards(pairs, pair -> pair.asked() > 0 && pair.enabled() == 0),
                guards(pairs, pair -> pair.asked() > 0 && pair.enabled() == pair.asked()),
                missing("timer ", machine.timers()),
                missing("message ", machine.messageNames()),
                missing(
                        "call ",
                        machine.calls().stream().map(CallDescription::name).toList()),
                notMade(),
                notTaken(),
                notMet());
    }

    /** Events that came in some states, but not in others that there were. */
    private List<String> notMet() {
        List<String> never = new ArrayList<>();
        met.forEach((state, events) -> asked.keySet().stream()
                .filter(kind -> !events.containsKey(kind))
                .forEach(kind -> never.add(kind + " in " + state)));
        return never;
    }

    private List<String> notRun(List<Pair> pairs) {
        return machine.handlers().stream()
                .map(HandlerDescription::name)
                .filter(name -> pairs.stream().noneMatch(pair -> pair.handler().equals(name) && pair.ran() > 0))
                .toList();
    }

    /** The guarded handlers with an event of which that is so. */
    private List<String> guards(List<Pair> pairs, Predicate<Pair> test) {
        List<String> guarded = machine.handlers().stream()
                .filter(handler -> !handler.guards().isEmpty())
                .map(HandlerDescription::name)
                .toList();
        return pairs.stream()
                .filter(pair -> guarded.contains(pair.handler()) && test.test(pair))
                .map(pair -> pair.handler() + " (" + pair.event() + ")")
                .toList();
    }

    private List<String> missing(String prefix, Collection<String> names) {
        return names.stream().filter(name -> !asked.containsKey(prefix + name)).toList();
    }

    /** The choice points between whose candidates nobody ever had to choose. */
    private List<String> notMade() {
        List<String> made = new ArrayList<>();
        choices.keySet().forEach(name -> made.addAll(List.of(name.split("\\+", -1))));
        return machine.handlers().stream()
                .flatMap(handler -> handler.choicePoints().stream())
                .map(ChoicePointDescription::name)
                .filter(name -> !made.contains(name))
                .toList();
    }

    private List<String> notTaken() {
        List<String> never = new ArrayList<>();
        for (Choice choice : choices()) {
            for (int index = 0; index < choice.taken().size(); index++) {
                if (choice.taken().get(index) == 0) {
                    never.add(choice.choice() + ": " + (index + 1) + " of "
                            + choice.taken().size());
                }
            }
        }
        return never;
    }
}
