package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can happen to one node of a world: its events here, its failures by {@link FailureRules}. */
final class Occurrences<S> {
    private final ReferenceWorld<S> world;
    private final SystemModel<S> model;
    private final NodeId self;
    private final NodeWorld<S> node;
    private final List<Occurrence<S>> found = new ArrayList<>();

    private Occurrences(ReferenceWorld<S> world, NodeId self) {
        this.world = world;
        this.model = world.model();
        this.self = self;
        this.node = world.node(self);
    }

    /** Deliveries, connection errors, timers, offers, failures, in this order. */
    static <S> List<Occurrence<S>> at(ReferenceWorld<S> world, NodeId self) {
        Occurrences<S> occurrences = new Occurrences<>(world, self);
        if (occurrences.node.isUp()) {
            occurrences.addEvents();
        } else if (world.model().network() == Network.ORDERED) {
            occurrences.addVainDeliveries();
        }
        new FailureRules<>(world, self).addTo(occurrences.found);
        return occurrences.found;
    }

    private void addEvents() {
        for (Packet packet : node.arriving().deliverable()) {
            addDelivery(packet);
        }
        for (NodeId peer : node.broken()) {
            addEvent(new Event.ConnectionError(peer), draft -> draft.change(self, at -> at.withoutBroken(peer)));
        }
        for (String timer : node.local().armed()) {
            addEvent(new Event.TimerFired(timer), draft -> draft.change(self, at -> at.withoutTimer(timer)));
        }
        Set<Event.Call> offered = new HashSet<>();
        for (int index = 0; index < model.offers().size(); index++) {
            SystemModel.Offer offer = model.offers().get(index);
            int number = index;
            if (offer.node().equals(self)
                    && world.offersLeft().get(index) > 0
                    && hasHandler(offer.call())
                    && offered.add(offer.call())) {
                add(offer.call(), draft -> draft.useOffer(number));
            }
        }
    }

    private void addDelivery(Packet packet) {
        boolean guessed = model.isGuess(packet.from());
        if (!guessed || world.budget(Failures.Kind.ANSWER) > 0) {
            addEvent(packet.delivery(), draft -> {
                if (guessed) {
                    draft.spend(Failures.Kind.ANSWER);
                }
                draft.change(self, to -> to.with(to.arriving().delivered(packet)));
            });
        }
    }

    private void addEvent(Event event, Consumer<Draft<S>> before) {
        if (!model.unhandledStaysPending() || hasHandler(event)) {
            add(event, before);
        }
    }

    private boolean hasHandler(Event event) {
        try {
            return !GuardedRun.step(
                            () -> GuardedRun.nameOf(model.machine(), event),
                            LoopGuard.DEFAULT_LIMIT,
                            () -> model.machine().alternatives(node.local().state(), event, new GuardNode(self)))
                    .isEmpty();
        } catch (RuntimeException thrown) {
            // The step itself will throw it, which is the violation.
            return true;
        }
    }

    private void add(Event event, Consumer<Draft<S>> before) {
        found.add(new Occurrence<>(decisions -> new Action.Handle(self, event, decisions), decisions -> {
            Draft<S> draft = new Draft<>(world);
            before.accept(draft);
            return draft.handle(self, event, decisions, taken -> new Action.Handle(self, event, taken));
        }));
    }

    /** A node that is down takes messages without effect; who sent them may be told. */
    private void addVainDeliveries() {
        for (Packet packet : node.arriving().deliverable()) {
            if (packet.isDatagram()) {
                continue;
            }
            Action action = new Action.Handle(self, packet.delivery(), List.of());
            found.add(FailureRules.plain(world, action, draft -> {
                draft.change(self, to -> to.with(to.arriving().delivered(packet)));
                if (model.failures().refusals() && world.isUp(packet.from())) {
                    draft.change(packet.from(), sender -> sender.withBroken(self));
                }
            }));
        }
    }
}
