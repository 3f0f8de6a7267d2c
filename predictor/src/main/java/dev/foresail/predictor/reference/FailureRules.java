package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The failures that can befall one node of a world: crash, restart, silent reset, loss, break, in this order. */
final class FailureRules<S> {
    private final ReferenceWorld<S> world;
    private final SystemModel<S> model;
    private final Failures failures;
    private final NodeId self;
    private final NodeWorld<S> node;

    FailureRules(ReferenceWorld<S> world, NodeId self) {
        this.world = world;
        this.model = world.model();
        this.failures = model.failures();
        this.self = self;
        this.node = world.node(self);
    }

    /** An occurrence in whose course nothing is decided. */
    static <S> Occurrence<S> plain(ReferenceWorld<S> world, Action action, Consumer<Draft<S>> change) {
        return new Occurrence<>(decisions -> action, decisions -> {
            Draft<S> draft = new Draft<>(world);
            change.accept(draft);
            return draft.finish(action);
        });
    }

    void addTo(List<Occurrence<S>> found) {
        if (!node.isUp()) {
            if (failures.restarts()) {
                found.add(new Occurrence<>(decisions -> new Action.Restart(self, decisions), this::restart));
            }
            return;
        }
        if (failures.mayCrash(self) && isLeft(Failures.Kind.CRASH) && isLeft(Failures.Kind.DOWN)) {
            found.add(plain(world, new Action.Crash(self), this::crash));
        }
        if (failures.mayReset(self) && isLeft(Failures.Kind.SILENT_RESET)) {
            found.add(new Occurrence<>(decisions -> new Action.SilentReset(self, decisions), this::reset));
        }
        if (isLeft(Failures.Kind.LOSS)) {
            addLosses(found);
        }
        if (model.network() == Network.ORDERED && isLeft(Failures.Kind.BREAK)) {
            addBreaks(found);
        }
    }

    private boolean isLeft(Failures.Kind kind) {
        return world.budget(kind) > 0;
    }

    private void crash(Draft<S> draft) {
        draft.spend(Failures.Kind.CRASH);
        draft.spend(Failures.Kind.DOWN);
        Machine<S> machine = model.machine();
        S left = failures.durable() ? machine.restarted(node.local().state()) : fresh();
        draft.disconnect(self);
        draft.replace(self, LocalState.bare(false, left));
    }

    private S fresh() {
        return model.machine().create(Objects.requireNonNull(model.nodes().get(self)));
    }

    private ReferenceWorld.Taken<S> restart(Decisions decisions) {
        Draft<S> draft = new Draft<>(world);
        draft.giveBack(Failures.Kind.DOWN);
        draft.replace(self, LocalState.bare(true, node.local().state()));
        Event event = failures.durable() ? new Event.Restart() : new Event.Start();
        return draft.handle(self, event, decisions, taken -> new Action.Restart(self, taken));
    }

    private ReferenceWorld.Taken<S> reset(Decisions decisions) {
        Draft<S> draft = new Draft<>(world);
        draft.spend(Failures.Kind.SILENT_RESET);
        draft.disconnect(self);
        draft.replace(self, LocalState.bare(true, fresh()));
        return draft.handle(self, new Event.Start(), decisions, taken -> new Action.SilentReset(self, taken));
    }

    private void addLosses(List<Occurrence<S>> found) {
        for (Packet packet : node.arriving().deliverable()) {
            if (node.arriving().isInOrder(packet)) {
                continue;
            }
            found.add(plain(world, new Action.Loss(self, packet.from(), packet.message()), draft -> {
                draft.spend(Failures.Kind.LOSS);
                draft.change(self, to -> to.with(to.arriving().without(packet)));
            }));
        }
    }

    private void addBreaks(List<Occurrence<S>> found) {
        for (NodeId peer : model.nodes().tailMap(self).keySet()) {
            boolean isPair = !peer.equals(self) && world.isUp(peer);
            if (isPair && (world.isConnected(self, peer) || world.isConnected(peer, self))) {
                found.add(plain(world, new Action.Break(self, peer), draft -> {
                    draft.spend(Failures.Kind.BREAK);
                    breakEnd(draft, self, peer);
                    breakEnd(draft, peer, self);
                }));
            }
        }
    }

    private void breakEnd(Draft<S> draft, NodeId at, NodeId peer) {
        draft.change(at, end -> end.with(end.arriving().withoutSender(peer)).withBroken(peer));
    }
}
