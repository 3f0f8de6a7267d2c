package dev.foresail.choice.stack;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The handlers of a stack: those of its layers, the top one's first, and behind them one for each way in which several layers handle one
 * event together. Immutable.
 */
final class Handlers {
    /** What reaches every layer. */
    private static final List<String> SHARED = List.of("start", "restart", "connection error", "suspicion");

    private static final String TIMER = "timer ";
    private static final String CALL = "call ";
    private static final String MESSAGE = "message ";
    private static final int MOST_TOGETHER = 10_000;

    /** A handler of one layer, by its number there. */
    record Own(int layer, int handler) {}

    private final Wiring wiring;
    private final int[] firsts;
    private final List<HandlerDescription> descriptions;
    private final List<Own> owners = new ArrayList<>();
    private final List<List<Own>> together = new ArrayList<>();
    private final Map<List<Own>, Integer> numbers = new HashMap<>();

    /**
     * @param calls the stack's names of the layers' calls
     * @param messages and of their messages
     */
    Handlers(Wiring wiring, LayerNames calls, LayerNames messages) {
        this.wiring = wiring;
        this.firsts = new int[wiring.size()];
        List<HandlerDescription> all = new ArrayList<>();
        LayerNames names = wiring.names(
                each -> each.handlers().stream().map(HandlerDescription::name).toList());
        LayerNames choices = wiring.names(each -> each.handlers().stream()
                .map(HandlerDescription::choice)
                .filter(choice -> !choice.isEmpty())
                .toList());
        for (int layer = 0; layer < wiring.size(); layer++) {
            firsts[layer] = owners.size();
            List<HandlerDescription> own = wiring.machine(layer).handlers();
            for (int handler = 0; handler < own.size(); handler++) {
                HandlerDescription each = own.get(handler);
                owners.add(new Own(layer, handler));
                all.add(new HandlerDescription(
                        names.of(layer, each.name()),
                        choices.of(layer, each.choice()),
                        each.choicePoints(),
                        events(layer, each.events(), calls, messages),
                        each.guards()));
            }
        }
        SHARED.forEach(event -> addTogether(event, all));
        this.descriptions = List.copyOf(all);
    }

    /** The events with the stack's names of timers, calls and messages. */
    private List<String> events(int layer, List<String> events, LayerNames calls, LayerNames messages) {
        return events.stream()
                .map(event -> renamed(event, TIMER, layer, wiring.timers()))
                .map(event -> renamed(event, CALL, layer, calls))
                .map(event -> renamed(event, MESSAGE, layer, messages))
                .toList();
    }

    private static String renamed(String event, String prefix, int layer, LayerNames names) {
        return event.startsWith(prefix) ? prefix + names.of(layer, event.substring(prefix.length())) : event;
    }

    /** Adds a handler for each choice of at least two layers' handlers of the event. */
    private void addTogether(String event, List<HandlerDescription> all) {
        List<List<Own>> combinations = new ArrayList<>(List.of(List.of()));
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            List<List<Own>> longer = new ArrayList<>(combinations);
            for (int handler : handlersOf(wiring.machine(layer), event)) {
                for (List<Own> before : combinations) {
                    List<Own> next = new ArrayList<>(before);
                    next.add(new Own(layer, handler));
                    longer.add(List.copyOf(next));
                }
            }
            combinations = longer;
            if (combinations.size() > MOST_TOGETHER) {
                throw new ProtocolException(
                        "FS499",
                        "the layers " + wiring.names() + " have more than " + MOST_TOGETHER
                                + " ways to handle the event '" + event + "' together; give them fewer handlers of it");
            }
        }
        for (List<Own> each : combinations) {
            if (each.size() > 1 && numbers.putIfAbsent(each, all.size()) == null) {
                together.add(each);
                all.add(description(event, each));
            }
        }
    }

    /** Those that may handle it; a restart without handlers of its own is a start. */
    private static List<Integer> handlersOf(Machine<Object> machine, String event) {
        boolean own = machine.handlers().stream().anyMatch(each -> each.events().contains(event));
        String meant = event.equals("restart") && !own ? "start" : event;
        Set<Integer> found = new HashSet<>();
        for (int handler = 0; handler < machine.handlers().size(); handler++) {
            List<String> events = machine.handlers().get(handler).events();
            if (events.isEmpty() || events.contains(meant)) {
                found.add(handler);
            }
        }
        return found.stream().sorted().toList();
    }

    private HandlerDescription description(String event, List<Own> parts) {
        List<String> names = new ArrayList<>();
        List<ChoicePointDescription> points = new ArrayList<>();
        List<String> guards = new ArrayList<>();
        for (Own part : parts) {
            HandlerDescription own = own(part);
            names.add(wiring.names().get(part.layer()) + "." + own.name());
            points.addAll(own.choicePoints());
            guards.addAll(own.guards());
        }
        String choice = event.replace(' ', '-');
        return new HandlerDescription(String.join("+", names), choice, points, List.of(event), guards);
    }

    private HandlerDescription own(Own part) {
        return wiring.machine(part.layer()).handlers().get(part.handler());
    }

    /** How many candidates a handler of a layer is bound to. */
    int bindings(Own part) {
        return own(part).choicePoints().size();
    }

    List<HandlerDescription> descriptions() {
        return descriptions;
    }

    /** The stack's number of a layer's handler. */
    int number(int layer, int handler) {
        return firsts[layer] + handler;
    }

    /** The stack's number of handlers of several layers that handle one event, those of lower layers first. */
    int number(List<Own> parts) {
        Integer number = numbers.get(parts);
        if (number == null) {
            throw new IllegalStateException("handlers that no event has together: " + parts);
        }
        return number;
    }

    /** Whether the number is of several layers' handlers. */
    boolean isTogether(int number) {
        return number >= owners.size();
    }

    Own owner(int number) {
        return owners.get(number);
    }

    /** The parts of handlers of several layers, those of lower layers first. */
    List<Own> parts(int number) {
        return together.get(number - owners.size());
    }
}
