package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.trace.TraceStep.Decided;
import dev.foresail.predictor.trace.TraceStep.Happening;
import dev.foresail.predictor.trace.TraceStep.Kind;
import dev.foresail.predictor.trace.TraceStep.Message;
import dev.foresail.predictor.trace.TraceStep.Offered;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Turns actions of a model into what a trace keeps of them, and back. Immutable. */
final class Happenings<S> {
    private static final HexFormat HEX = HexFormat.of();

    private final SystemModel<S> model;
    private final Machine<S> machine;

    Happenings(SystemModel<S> model) {
        this.model = model;
        this.machine = model.machine();
    }

    /** What happens in {@code action}, whatever is decided: equal for actions that are the same up to their decisions. */
    Happening of(Action action) {
        return of(action, List.of());
    }

    Happening of(Action action, List<Decided> decisions) {
        if (action instanceof Action.Handle handle) {
            return of(handle.node(), handle.event(), decisions);
        } else if (action instanceof Action.Loss loss) {
            return new Happening(
                    Kind.LOSS,
                    loss.node(),
                    Optional.of(loss.from()),
                    "",
                    Optional.empty(),
                    Optional.of(message(loss.message())),
                    List.of());
        } else if (action instanceof Action.Break broken) {
            return plain(Kind.BREAK, broken.node(), Optional.of(broken.peer()), "", decisions);
        }
        Kind kind = action instanceof Action.Crash
                ? Kind.CRASH
                : action instanceof Action.Restart ? Kind.RESTART : Kind.SILENT_RESET;
        return plain(kind, action.node(), Optional.empty(), "", decisions);
    }

    private Happening of(NodeId node, Event event, List<Decided> decisions) {
        if (event instanceof Event.Delivery delivery) {
            return new Happening(
                    Kind.DELIVER,
                    node,
                    Optional.of(delivery.from()),
                    "",
                    Optional.empty(),
                    Optional.of(message(delivery.message())),
                    decisions);
        } else if (event instanceof Event.TimerFired timer) {
            return plain(Kind.TIMER, node, Optional.empty(), timer.name(), decisions);
        } else if (event instanceof Event.ConnectionError error) {
            return plain(Kind.CONNECTION_ERROR, node, Optional.of(error.peer()), "", decisions);
        } else if (event instanceof Event.Call call) {
            return new Happening(
                    Kind.CALL,
                    node,
                    Optional.empty(),
                    call.name(),
                    Optional.of(new Offered(indexOfOffer(node, call), texts(call))),
                    Optional.empty(),
                    decisions);
        }
        throw new IllegalArgumentException(event + " happens in the course of a failure only");
    }

    private static Happening plain(
            Kind kind, NodeId node, Optional<NodeId> peer, String name, List<Decided> decisions) {
        return new Happening(kind, node, peer, name, Optional.empty(), Optional.empty(), decisions);
    }

    private Message message(Object message) {
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        return new Message(message.toString(), HEX.formatHex(out.toByteArray()));
    }

    private static List<String> texts(Event.Call call) {
        return call.arguments().stream().map(String::valueOf).toList();
    }

    /** The first offer of the call; an action that the model does not offer has no index. */
    private int indexOfOffer(NodeId node, Event.Call call) {
        for (int index = 0; index < model.offers().size(); index++) {
            SystemModel.Offer offer = model.offers().get(index);
            if (offer.node().equals(node) && offer.call().equals(call)) {
                return index;
            }
        }
        return model.offers().size();
    }

    /**
     * The action that happened.
     *
     * @throws TraceException FS257 when the model cannot have such an action
     */
    Action restore(int step, Happening happening) {
        NodeId node = happening.node();
        List<Integer> decisions =
                happening.decisions().stream().map(Decided::index).toList();
        happening
                .peer()
                .filter(peer -> !isStrangersMessage(happening, peer))
                .ifPresent(peer -> requireNode(step, peer));
        requireNode(step, node);
        return switch (happening.kind()) {
            case DELIVER ->
                new Action.Handle(
                        node, new Event.Delivery(happening.peer().orElseThrow(), message(step, happening)), decisions);
            case TIMER -> new Action.Handle(node, new Event.TimerFired(timer(step, happening.name())), decisions);
            case CALL -> new Action.Handle(node, call(step, happening), decisions);
            case CONNECTION_ERROR ->
                new Action.Handle(
                        node, new Event.ConnectionError(happening.peer().orElseThrow()), decisions);
            case CRASH -> new Action.Crash(node);
            case RESTART -> new Action.Restart(node, decisions);
            case SILENT_RESET -> new Action.SilentReset(node, decisions);
            case LOSS -> new Action.Loss(node, happening.peer().orElseThrow(), message(step, happening));
            case BREAK -> new Action.Break(node, happening.peer().orElseThrow());
        };
    }

    private boolean isStrangersMessage(Happening happening, NodeId peer) {
        boolean carries = happening.kind() == Kind.DELIVER || happening.kind() == Kind.LOSS;
        return carries && model.strangers().contains(peer);
    }

    private static TraceException refused(int step, String explanation) {
        return new TraceException(
                "FS257", "step " + step + " cannot be made again: " + explanation + "; record the trace anew");
    }

    private void requireNode(int step, NodeId node) {
        if (!model.nodes().containsKey(node)) {
            throw refused(
                    step,
                    "the model has no node " + node + "; its nodes are "
                            + model.nodes().keySet());
        }
    }

    private String timer(int step, String name) {
        if (!machine.timers().contains(name)) {
            throw refused(
                    step, machine.protocol() + " has no timer '" + name + "'; its timers are " + machine.timers());
        }
        return name;
    }

    /** The message as its bytes say, which must read as it did when it was recorded. */
    private Object message(int step, Happening happening) {
        Message recorded = happening.message().orElseThrow();
        Object message;
        String text;
        try {
            StateReader in = new StateReader(HEX.parseHex(recorded.hex()));
            message = machine.readMessage(in);
            in.expectEnd();
            text = message.toString();
        } catch (RuntimeException unreadable) {
            // Whatever an author's record refuses, and however, is the file's mistake.
            throw refused(
                    step,
                    "the bytes '" + recorded.hex() + "' are no message of " + machine.protocol() + " ("
                            + unreadable.getMessage() + ")");
        }
        if (!text.equals(recorded.text())) {
            throw refused(step, "the message '" + recorded.text() + "' now reads as '" + text + "'");
        }
        return message;
    }

    private Event.Call call(int step, Happening happening) {
        Offered offered = happening.call().orElseThrow();
        List<SystemModel.Offer> offers = model.offers();
        if (offered.index() < offers.size() && isOffer(offers.get(offered.index()), happening, offered)) {
            return offers.get(offered.index()).call();
        }
        return offers.stream()
                .filter(offer -> isOffer(offer, happening, offered))
                .map(SystemModel.Offer::call)
                .findFirst()
                .orElseThrow(() -> refused(
                        step,
                        "the model does not offer " + happening.name() + offered.arguments() + " at "
                                + happening.node() + "; it offers there "
                                + offers.stream()
                                        .filter(offer -> offer.node().equals(happening.node()))
                                        .map(offer -> offer.call().name() + texts(offer.call()))
                                        .toList()));
    }

    /** Whether it is a call that the protocol has, at a node of the model, but that the model does not offer there. */
    boolean isCallNotOffered(Happening happening) {
        return happening.call().isPresent()
                && model.nodes().containsKey(happening.node())
                && machine.calls().stream().anyMatch(call -> call.name().equals(happening.name()))
                && model.offers().stream()
                        .noneMatch(offer ->
                                isOffer(offer, happening, happening.call().get()));
    }

    private static boolean isOffer(SystemModel.Offer offer, Happening happening, Offered offered) {
        return offer.node().equals(happening.node())
                && offer.call().name().equals(happening.name())
                && texts(offer.call()).equals(offered.arguments());
    }
}
