package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import java.util.List;
import java.util.Optional;

/**
 * Has the choice that an event is resolved: by the {@link Resolver} at once, or while the event's source is parked ({@link Inbox}) for at most
 * {@code await}. A parked event is looked at again from the beginning, guards and all, as the state may have changed meanwhile.
 *
 * <p>Not thread-safe: on the node's thread only.
 */
final class Choosing<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final Host host;
    private final Resolver<S> resolver;
    private final ImmediateChooser immediate;
    private final NodeObserver observer;
    private final Inbox inbox;
    private final Owner<S> owner;
    private long decisions;

    /** The node whose events have choices. */
    interface Owner<S> {
        S state();

        Neighbourhood<S> neighbourhood();

        /** What is known, for a look-ahead that begins with the event. */
        Snapshot<S> snapshotWith(PendingEvent pending);

        /** A parked event is to be handled now, unless the node has ended. */
        void resumed(PendingEvent pending);
    }

    Choosing(Machine<S> machine, NodeId self, NodeRuntime.NodeParts<S> parts, Inbox inbox, Owner<S> owner) {
        this.machine = machine;
        this.self = self;
        this.host = parts.host();
        this.resolver = parts.resolver();
        this.immediate = resolver.immediate();
        this.observer = parts.observer();
        this.inbox = inbox;
        this.owner = owner;
    }

    /** For choices inside of handlers. */
    ImmediateChooser immediate() {
        return immediate;
    }

    /** The alternative to take; empty when the event is parked meanwhile. */
    Optional<Alternative> choose(PendingEvent pending, List<Alternative> alternatives) {
        if (!EventRules.isChoice(alternatives)) {
            return Optional.of(alternatives.get(0));
        }
        ChoiceContext<S> context = context(pending, alternatives);
        Resolution resolution = resolver.resolve(context);
        if (resolution instanceof Resolution.Decided decided) {
            decided(pending, context, decided);
            return Optional.of(alternatives.get(decided.index()));
        }
        if (!pending.parked) {
            park(pending, context.options());
        }
        return Optional.empty();
    }

    private ChoiceContext<S> context(PendingEvent pending, List<Alternative> alternatives) {
        ChoicePointDescription options = EventRules.choice(machine, alternatives);
        boolean mayWait = !pending.timedOut && !options.await().isZero();
        return new ChoiceContext<>(
                machine,
                self,
                options.name(),
                options,
                pending.event,
                alternatives,
                owner.state(),
                owner.neighbourhood().channels(),
                host.nowNanos(),
                mayWait,
                () -> owner.snapshotWith(pending),
                () -> resume(pending));
    }

    private void park(PendingEvent pending, ChoicePointDescription options) {
        pending.parked = true;
        Host.Alarm timeout = host.schedule(options.await().toNanos(), () -> expire(pending));
        inbox.park(pending.source, timeout, () -> expire(pending));
    }

    private void expire(PendingEvent pending) {
        pending.timedOut = true;
        resume(pending);
    }

    private void resume(PendingEvent pending) {
        if (pending.parked) {
            owner.resumed(pending);
        }
    }

    private void decided(PendingEvent pending, ChoiceContext<S> context, Resolution.Decided decided) {
        decisions++;
        observer.decided(new Decision(
                self,
                decisions,
                context.nowNanos(),
                context.choice(),
                pending.event,
                machine.handlers(),
                context.alternatives(),
                decided.values(),
                decided.index(),
                decided.source(),
                decided.evidenceAgeNanos(),
                context.nowNanos() - pending.sinceNanos,
                pending.parked,
                decided.basis(),
                decided.explored()));
        owner.neighbourhood().gatherSoon();
    }
}
