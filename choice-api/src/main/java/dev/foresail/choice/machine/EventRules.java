package dev.foresail.choice.machine;

import dev.foresail.choice.Datagram;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.Node;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The rules of an atomic step that every engine keeps: what is done without an enabled handler, which alternatives make
 * a choice, what the choice is called, when deferred messages are tried again. Pure functions.
 *
 * <p>An engine handles an event so: list the alternatives, ask {@link #disposition}, when it says {@code RUN} resolve the
 * choice and run; after that, as long as {@link #nextReady} names a deferred message, take it out and handle it in the
 * same way as an event of its own.
 */
public final class EventRules {
    /** What is done with an event. */
    public enum Disposition {
        /** One of its alternatives is taken. */
        RUN,
        /** Nothing happens. */
        DROP,
        /** It is kept at the end of the deferred messages. */
        DEFER
    }

    private EventRules() {}

    /**
     * Checks that a message fits into what carries it: every engine does when a handler sends it.
     *
     * @throws ProtocolException FS530 when it is a datagram of more than {@link Datagram#MOST_BYTES}
     */
    public static void checkLength(Machine<?> machine, Object message) {
        if (machine.isDatagram(message)) {
            StateWriter out = new StateWriter();
            machine.writeMessage(message, out);
            if (out.length() > Datagram.MOST_BYTES) {
                throw new ProtocolException(
                        "FS530",
                        machine.protocol() + " sends a datagram "
                                + message.getClass().getSimpleName() + " of " + out.length()
                                + " bytes, of which at most "
                                + Datagram.MOST_BYTES + " fit; send it in parts, or over the connection");
            }
        }
    }

    /**
     * What is done with {@code event}, whose alternatives are given.
     *
     * @throws ProtocolException FS105 when no handler is enabled though there must be one; FS110 and FS103 as
     *     {@link #check}
     */
    public static Disposition disposition(Machine<?> machine, Event event, List<Alternative> alternatives) {
        if (!alternatives.isEmpty()) {
            check(machine, event, alternatives);
            return Disposition.RUN;
        }
        if (event instanceof Event.Delivery delivery) {
            Otherwise otherwise = machine.otherwise(delivery.message());
            if (otherwise != Otherwise.ERROR) {
                return otherwise == Otherwise.DEFER ? Disposition.DEFER : Disposition.DROP;
            }
        }
        if (event instanceof Event.Delivery || event instanceof Event.Call) {
            throw noHandler(machine, event);
        }
        return Disposition.DROP;
    }

    /**
     * Checks that the alternatives of {@code event} are one choice.
     *
     * @throws ProtocolException FS110 when two handlers are enabled that do not bear the same choice, FS103 when there
     *     are more than {@link Alternatives#MOST} alternatives
     */
    public static void check(Machine<?> machine, Event event, List<Alternative> alternatives) {
        if (alternatives.size() > Alternatives.MOST) {
            throw new ProtocolException(
                    "FS103",
                    machine.protocol() + " has " + alternatives.size() + " alternatives for " + event + ", at most "
                            + Alternatives.MOST + " are enumerated; name fewer candidates");
        }
        for (int index = 1; index < alternatives.size(); index++) {
            int before = alternatives.get(index - 1).handler();
            int handler = alternatives.get(index).handler();
            if (before != handler) {
                checkOneChoice(machine, event, before, handler);
            }
        }
    }

    private static void checkOneChoice(Machine<?> machine, Event event, int first, int second) {
        HandlerDescription one = machine.handlers().get(first);
        HandlerDescription other = machine.handlers().get(second);
        if (one.choice().isEmpty() || !one.choice().equals(other.choice())) {
            throw new ProtocolException(
                    "FS110",
                    machine.protocol() + ": the handlers '" + one.name() + "' and '" + other.name()
                            + "' are both enabled for " + event
                            + "; give them guards that exclude each other, or the same choice");
        }
    }

    /** Whether there is something to choose. */
    public static boolean isChoice(List<Alternative> alternatives) {
        return alternatives.size() > 1;
    }

    /**
     * The name of the choice among {@code alternatives}, at least one: {@code protocol.group#handler} when they are of
     * several handlers, else the name of the handler's choice point (joined with {@code +} when it has several), or
     * {@code protocol.handler} when it has none.
     */
    public static String choiceName(Machine<?> machine, List<Alternative> alternatives) {
        HandlerDescription handler = machine.handlers().get(alternatives.get(0).handler());
        if (isAmongHandlers(alternatives)) {
            return machine.protocol() + "." + handler.choice() + "#handler";
        }
        if (handler.choicePoints().isEmpty()) {
            return machine.protocol() + "." + handler.name();
        }
        if (handler.choicePoints().size() == 1) {
            return handler.choicePoints().get(0).name();
        }
        StringBuilder name = new StringBuilder();
        for (ChoicePointDescription point : handler.choicePoints()) {
            name.append(name.length() == 0 ? "" : "+").append(point.name());
        }
        return name.toString();
    }

    /** The fast policy of the choice: that of the first choice point, {@code RANDOM} where a handler has none. */
    public static Fallback fallback(Machine<?> machine, List<Alternative> alternatives) {
        List<ChoicePointDescription> points = points(machine, alternatives);
        return points.isEmpty() ? Fallback.RANDOM : points.get(0).fallback();
    }

    /** How long the event may wait for a prediction: the longest of its choice points; zero: never. */
    public static Duration await(Machine<?> machine, List<Alternative> alternatives) {
        Duration longest = Duration.ZERO;
        for (ChoicePointDescription point : points(machine, alternatives)) {
            longest = point.await().compareTo(longest) > 0 ? point.await() : longest;
        }
        return longest;
    }

    /** The choice as one: its name, fast policy, waiting time and repeatability. */
    public static ChoicePointDescription choice(Machine<?> machine, List<Alternative> alternatives) {
        List<ChoicePointDescription> points = points(machine, alternatives);
        if (points.size() == 1) {
            return points.get(0);
        }
        return new ChoicePointDescription(
                choiceName(machine, alternatives),
                fallback(machine, alternatives),
                await(machine, alternatives),
                isRepeatable(machine, alternatives));
    }

    /** Whether every choice point of the choice is repeatable. */
    public static boolean isRepeatable(Machine<?> machine, List<Alternative> alternatives) {
        List<ChoicePointDescription> points = points(machine, alternatives);
        return !points.isEmpty() && points.stream().allMatch(ChoicePointDescription::repeatable);
    }

    /** Those of all handlers that there are alternatives of; none where one of several handlers has none. */
    private static List<ChoicePointDescription> points(Machine<?> machine, List<Alternative> alternatives) {
        List<ChoicePointDescription> points = new ArrayList<>();
        int before = -1;
        for (Alternative alternative : alternatives) {
            if (alternative.handler() == before) {
                continue;
            }
            before = alternative.handler();
            List<ChoicePointDescription> own = machine.handlers().get(before).choicePoints();
            if (own.isEmpty()) {
                return List.of();
            }
            points.addAll(own);
        }
        return points;
    }

    /** Whether the choice is among several handlers. */
    public static boolean isAmongHandlers(List<Alternative> alternatives) {
        return alternatives.get(0).handler()
                != alternatives.get(alternatives.size() - 1).handler();
    }

    /** The index of the first deferred message that some handler takes now; empty when none is ready. */
    public static <S> OptionalInt nextReady(Machine<S> machine, S state, List<Event.Delivery> deferred, Node node) {
        for (int index = 0; index < deferred.size(); index++) {
            if (!machine.alternatives(state, deferred.get(index), node).isEmpty()) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Checks the arguments of a call.
     *
     * @throws ProtocolException FS106 when their number or a type is wrong
     */
    public static void checkArguments(CallDescription call, List<Object> arguments) {
        boolean fits = arguments.size() == call.parameters().size();
        for (int index = 0; fits && index < arguments.size(); index++) {
            fits = call.parameters().get(index).type().isInstance(arguments.get(index));
        }
        if (!fits) {
            throw wrongArguments(call, arguments);
        }
    }

    private static ProtocolException wrongArguments(CallDescription call, List<Object> arguments) {
        return new ProtocolException(
                "FS106", "the call '" + call.name() + "' takes " + call.parameters() + ", not " + arguments);
    }

    /**
     * The application's call of {@code name} as an event, which shares nothing with the caller that can change.
     *
     * @throws ProtocolException FS106 when there is no such call with such arguments
     */
    public static Event.Call call(Machine<?> machine, String name, List<Object> arguments) {
        for (CallDescription call : machine.calls()) {
            if (call.name().equals(name)) {
                checkArguments(call, arguments);
                return new Event.Call(name, frozen(machine, call, arguments));
            }
        }
        throw unknownCall(machine, name);
    }

    private static List<Object> frozen(Machine<?> machine, CallDescription call, List<Object> arguments) {
        try {
            return machine.freezeArguments(call.name(), arguments);
        } catch (ClassCastException | NullPointerException inside) {
            ProtocolException wrong = wrongArguments(call, arguments);
            wrong.initCause(inside);
            throw wrong;
        }
    }

    /** FS105: no handler of the event is enabled though there must be one. */
    public static ProtocolException noHandler(Machine<?> machine, Event event) {
        return new ProtocolException(
                "FS105",
                machine.protocol() + " has no enabled handler for " + event
                        + "; mend the guards, or say otherwise = DROP or DEFER for a message");
    }

    /** FS101: what was received or sent is no message of the protocol. */
    public static ProtocolException unknownMessage(Machine<?> machine, Object message) {
        return new ProtocolException(
                "FS101",
                "'" + message.getClass().getName() + "' is no message of " + machine.protocol()
                        + "; its messages are "
                        + machine.messageTypes().stream()
                                .map(Class::getSimpleName)
                                .toList());
    }

    /** FS102: no handler bears the timer's name. */
    public static ProtocolException unknownTimer(Machine<?> machine, String name) {
        return new ProtocolException(
                "FS102",
                "no timer of " + machine.protocol() + " is named '" + name + "'; its timers are " + machine.timers());
    }

    /** FS106: the application asks for what no handler answers. */
    public static ProtocolException unknownCall(Machine<?> machine, String name) {
        return new ProtocolException(
                "FS106",
                "no call of " + machine.protocol() + " is named '" + name + "'; its calls are "
                        + machine.calls().stream().map(CallDescription::name).toList());
    }

    /** Checks that a handler's effects are of the protocol: used by {@link Node} implementations. */
    public static void checkSend(Machine<?> machine, Object message) {
        if (machine.messageTag(message) < 0) {
            throw unknownMessage(machine, message);
        }
    }

    /**
     * @throws ProtocolException FS102 when no handler bears {@code name}
     */
    public static void checkTimer(Machine<?> machine, String name) {
        if (!machine.timers().contains(name)) {
            throw unknownTimer(machine, name);
        }
    }
}
