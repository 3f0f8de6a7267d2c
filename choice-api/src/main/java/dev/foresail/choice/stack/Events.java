package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Alternatives;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StepEnds;
import java.util.ArrayList;
import java.util.List;

/**
 * Which layer handles an event, and how. Messages, timers and calls go to the layer that has them; starts, restarts, broken connections
 * and suspicions to all, the lowest first, in one step. Immutable.
 */
final class Events {
    private final StackMachine machine;
    private final Wiring wiring;
    private final Handlers handlers;
    private final LayerNames calls;
    private final LayerNames messages;
    /** The alternatives without bindings, by the stack's number of the handler. */
    private final List<List<Alternative>> plain = new ArrayList<>();
    /** The layers' own alternatives without bindings, by the stack's number of the handler. */
    private final List<Alternative> own = new ArrayList<>();

    private final boolean hasStepEnd;

    Events(StackMachine machine, Wiring wiring) {
        this.machine = machine;
        this.wiring = wiring;
        this.calls = wiring.names(
                each -> each.calls().stream().map(CallDescription::name).toList());
        this.messages = wiring.names(Machine::messageNames);
        this.handlers = new Handlers(wiring, calls, messages);
        this.hasStepEnd = LayersStepEnd.isNeeded(wiring);
        for (int number = 0; number < handlers.descriptions().size(); number++) {
            plain.add(List.of(Alternative.of(number)));
            own.add(Alternative.of(
                    handlers.isTogether(number)
                            ? number
                            : handlers.owner(number).handler()));
        }
    }

    Handlers handlers() {
        return handlers;
    }

    LayerNames calls() {
        return calls;
    }

    LayerNames messages() {
        return messages;
    }

    List<Alternative> alternatives(Stack stack, Event event, Node node) {
        if (!wiring.calls()) {
            return list(stack, event, node);
        }
        Stack.Asker asker = Stack.asks(node);
        try {
            return list(stack, event, node);
        } finally {
            asker.answered();
        }
    }

    private List<Alternative> list(Stack stack, Event event, Node node) {
        if (isShared(event)) {
            return together(stack, event, node);
        }
        if (event instanceof Event.Delivery delivery) {
            return alternatives(stack, layerOf(delivery.message()), event, node);
        }
        LayerNames.Local local = local(event);
        return alternatives(stack, local.layer(), named(event, local.name()), node);
    }

    private List<Alternative> alternatives(Stack stack, int layer, Event event, Node node) {
        return shifted(layer, wiring.machine(layer).alternatives(stack.layer(layer), event, node));
    }

    /** Whether the event is one of every layer. */
    private static boolean isShared(Event event) {
        return !(event instanceof Event.Delivery || event instanceof Event.TimerFired || event instanceof Event.Call);
    }

    /** Whose timer or call it is, and how that layer names it. */
    private LayerNames.Local local(Event event) {
        if (event instanceof Event.TimerFired fired) {
            return wiring.timers().find(fired.name()).orElseThrow(() -> EventRules.unknownTimer(machine, fired.name()));
        }
        Event.Call call = (Event.Call) event;
        return calls.find(call.name()).orElseThrow(() -> EventRules.unknownCall(machine, call.name()));
    }

    private int layerOf(Object message) {
        int layer = wiring.layerOf(message);
        if (layer < 0) {
            throw EventRules.unknownMessage(machine, message);
        }
        return layer;
    }

    /** The timer or call with the layer's own name. */
    private static Event named(Event event, String name) {
        if (event instanceof Event.TimerFired fired) {
            return name.equals(fired.name()) ? fired : new Event.TimerFired(name);
        }
        Event.Call call = (Event.Call) event;
        return name.equals(call.name()) ? call : new Event.Call(name, call.arguments());
    }

    private static boolean isNamed(Event event) {
        return event instanceof Event.TimerFired || event instanceof Event.Call;
    }

    private List<Alternative> shifted(int layer, List<Alternative> own) {
        if (own.size() == 1 && own.get(0).bindings().isEmpty()) {
            return plain.get(handlers.number(layer, own.get(0).handler()));
        }
        List<Alternative> shifted = new ArrayList<>(own.size());
        for (Alternative each : own) {
            shifted.add(new Alternative(handlers.number(layer, each.handler()), each.bindings()));
        }
        return shifted;
    }

    private List<Alternative> together(Stack stack, Event event, Node node) {
        List<Integer> layers = new ArrayList<>();
        List<List<Alternative>> ways = new ArrayList<>();
        long count = 1;
        for (int layer = wiring.size() - 1; layer >= 0; layer--) {
            Machine<Object> own = wiring.machine(layer);
            List<Alternative> alternatives = own.alternatives(stack.layer(layer), event, node);
            if (!alternatives.isEmpty()) {
                EventRules.check(own, event, alternatives);
                layers.add(layer);
                ways.add(alternatives);
                count = Math.min(count * alternatives.size(), Integer.MAX_VALUE);
            }
        }
        if (ways.isEmpty()) {
            return List.of();
        } else if (ways.size() == 1) {
            return shifted(layers.get(0), ways.get(0));
        }
        if (count > Alternatives.MOST) {
            throw new ProtocolException(
                    "FS103",
                    "the layers of " + machine.protocol() + " have " + count + " alternatives together for " + event
                            + ", at most " + Alternatives.MOST + " are enumerated; name fewer candidates");
        }
        return product(layers, ways);
    }

    /** Every way to take one alternative of each layer, those of the highest layer varying fastest. */
    private List<Alternative> product(List<Integer> layers, List<List<Alternative>> ways) {
        List<List<Alternative>> products = new ArrayList<>(List.of(List.of()));
        for (List<Alternative> next : ways) {
            List<List<Alternative>> longer = new ArrayList<>();
            for (List<Alternative> before : products) {
                for (Alternative each : next) {
                    List<Alternative> one = new ArrayList<>(before);
                    one.add(each);
                    longer.add(one);
                }
            }
            products = longer;
        }
        List<Alternative> all = new ArrayList<>();
        for (List<Alternative> parts : products) {
            List<Handlers.Own> owners = new ArrayList<>();
            List<Object> bindings = new ArrayList<>();
            for (int index = 0; index < parts.size(); index++) {
                owners.add(new Handlers.Own(layers.get(index), parts.get(index).handler()));
                bindings.addAll(parts.get(index).bindings());
            }
            all.add(new Alternative(handlers.number(owners), bindings));
        }
        return List.copyOf(all);
    }

    void run(Stack stack, Event event, Alternative alternative, Node node) {
        StackStep step = stack.begin(node);
        try {
            if (hasStepEnd) {
                LayersStepEnd end = new LayersStepEnd(wiring, step);
                Object before = end.watched(stack, node);
                handle(stack, event, alternative, step);
                StepEnds.finish(machine, end, stack, before, node);
            } else {
                handle(stack, event, alternative, step);
            }
        } finally {
            stack.end();
        }
    }

    private void handle(Stack stack, Event event, Alternative alternative, StackStep step) {
        if (handlers.isTogether(alternative.handler())) {
            runTogether(stack, event, alternative, step);
        } else {
            Event ownEvent = isNamed(event) ? named(event, local(event).name()) : event;
            int layer = handlers.owner(alternative.handler()).layer();
            wiring.machine(layer).handle(stack.layer(layer), ownEvent, own(alternative), step.node(layer));
        }
    }

    /** The alternative as its layer knows it. */
    private Alternative own(Alternative alternative) {
        Alternative plainOne = own.get(alternative.handler());
        return alternative.bindings().isEmpty()
                ? plainOne
                : new Alternative(plainOne.handler(), alternative.bindings());
    }

    private void runTogether(Stack stack, Event event, Alternative alternative, StackStep step) {
        int from = 0;
        for (Handlers.Own part : handlers.parts(alternative.handler())) {
            int to = from + handlers.bindings(part);
            Alternative own =
                    new Alternative(part.handler(), alternative.bindings().subList(from, to));
            wiring.machine(part.layer()).handle(stack.layer(part.layer()), event, own, step.node(part.layer()));
            from = to;
        }
    }
}
