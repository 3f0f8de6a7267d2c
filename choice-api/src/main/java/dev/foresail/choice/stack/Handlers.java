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

    private static final int MOST_TOGETHER = 10_000;

    /** A handler of one layer, by its number there. */
    record Own(int layer, int handler) {}

    private final Wiring wiring;
    private final int[] firsts;
    private final List<HandlerDescription> descriptions = new ArrayList<>();
    private final List<Own> owners = new ArrayList<>();
    private final List<List<Own>> together = new ArrayList<>();
    private final Map<List<Own>, Integer> numbers = new HashMap<>();

    Handlers(Wiring wiring) {
        this.wiring = wiring;
        this.firsts = new int[wiring.size()];
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
                descriptions.add(new HandlerDescription(
                        names.of(layer, each.name()),
                        choices.of(layer, each.choice()),
                        each.choicePoints(),
                        events(layer, each.events()),
                        each.guards()));
            }
        }
        SHARED.forEach(this::addTogether);
    }

    private List<String> events(int layer, List<String> events) {
        return events.stream()
                .map(event -> event.startsWith("timer ")
                        ? "timer " + wiring.timers().of(layer, event.substring("timer ".length()))
                        : event)
                .toList();
    }

    /** Adds a handler for each choice of at least two layers' handlers of the event. */
    private void addTogether(String event) {
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
            if (each.size() > 1 && numbers.putIfAbsent(each, descriptions.size()) == null) {
                together.add(each);
                descriptions.add(description(event, each));
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
        return List.copyOf(descriptions);
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
