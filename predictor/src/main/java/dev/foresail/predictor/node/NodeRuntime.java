package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.path.PathFollower;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntUnaryOperator;

/**
 * One node, whatever carries it: takes events, has choices resolved, runs handlers, and keeps the model of the
 * neighbourhood up to date. The simulator and the live node differ only in the {@link Host}.
 *
 * <p>Not thread-safe: every method is called on the node's own thread.
 *
 * <p>An event's way: {@link #receive} (or a timer, a call, a broken connection) -> alternatives -> one: run it; several: the {@link Resolver} decides or the event's
 * source is parked ({@link Inbox}) for at most {@code await} -> {@link Step} -> effects -> deferred messages, then exports and gathering ({@link Neighbourhood}).
 *
 * @param <S> the protocol's state
 */
public final class NodeRuntime<S> implements SteeredNode<S>, RestingNode<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final Host host;
    private final NodeSettings settings;
    private final Resolver<S> resolver;
    private Steering<S> steering;
    private final IntUnaryOperator random;
    private final NodeObserver observer;
    private final GuardNode guardNode;
    private final Inbox inbox = new Inbox();
    private final Choosing<S> choosing;
    private final Timers timers;
    private final DeferredMessages deferred;
    private final Neighbourhood<S> neighbourhood;
    private final Rewind<S> rewind;
    private PathFollower paths = PathFollower.nobody();
    private StepListener listener = StepListener.NOBODY;
    private S state;
    private boolean failed;

    /** The peers to which the connection is being broken from here: what came over it is lost. */
    private Set<NodeId> cut = Set.of();

    /**
     * @param state the state to start from: new, or restarted
     * @param random a seeded draw below a bound
     */
    public NodeRuntime(Machine<S> machine, NodeId self, S state, NodeParts<S> parts, IntUnaryOperator random) {
        this.machine = machine;
        this.self = self;
        this.state = state;
        this.host = parts.host();
        this.settings = parts.settings();
        this.resolver = parts.resolver();
        this.steering = parts.steering();
        this.observer = parts.observer();
        this.random = random;
        this.guardNode = new GuardNode(self);
        this.rewind = new Rewind<>(machine, self);
        this.choosing = new Choosing<>(machine, self, parts, inbox, new OwnEvents());
        this.timers = new Timers(host, this::timerFired);
        this.deferred = new DeferredMessages(
                messages -> EventRules.nextReady(machine, this.state, messages, guardNode),
                () -> failed || inbox.isParked(DeferredMessages.SOURCE),
                this::arrive);
        this.neighbourhood = new Neighbourhood<>(
                machine, self, parts, new Neighbourhood.Local<>(() -> this.state, timers, deferred::notHandled));
        neighbourhood.facts().stepped();
        steering.attached(this);
    }

    /** From the next event on the node is steered by another; between two events. */
    public void steer(Steering<S> other) {
        steering.replaced();
        steering = other;
        neighbourhood.steeredBy(other);
        other.attached(this);
    }

    /** From now on the follower is told what happens on causal paths; before the node is started. */
    public void followPaths(PathFollower follower) {
        paths = follower;
    }

    /** From now on this too is told what becomes of events; before the node is started. */
    public void listen(StepListener added) {
        listener = listener == StepListener.NOBODY ? added : new BothListeners(listener, added);
    }

    /** What a node is put together from. */
    public record NodeParts<S>(
            Host host, NodeSettings settings, Resolver<S> resolver, Steering<S> steering, NodeObserver observer) {}

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public S state() {
        return state;
    }

    /** The channels themselves, to be read on the node's thread only. */
    @Override
    public SortedMap<NodeId, Channel> channels() {
        return neighbourhood.channels();
    }

    /** Whether a handler threw and the node was told to end on that. */
    public boolean hasFailed() {
        return failed;
    }

    /** Takes what the node knew of stable fields when it ended ({@link #stableFacts}); before it is started. */
    public void recall(SortedMap<NodeId, S> stableFacts) {
        neighbourhood.facts().recall(stableFacts);
    }

    /**
     * Takes the neighbours' checkpoints that the node knew when it ended ({@link #neighbourCheckpoints}), with the ages that they have now; before it is started. Of a
     * neighbour from which nothing is heard they are the best that is known: they are in {@link #snapshot}, never in {@link #consistentSnapshot}.
     */
    public void recallNeighbours(Collection<KnownCheckpoint<S>> known) {
        neighbourhood.recall(known);
    }

    /** Of each neighbour the last checkpoint that is known, those of before the node's start included. */
    public List<KnownCheckpoint<S>> neighbourCheckpoints() {
        return neighbourhood.lastKnown();
    }

    /** For a node that was simulated without a runtime, before anything else is done with this one. */
    public UnderWay underWay() {
        return new UnderWay(timers, deferred, neighbourhood);
    }

    public void start() {
        arrive(new PendingEvent(new Event.Start(), "start", 0));
    }

    public void restart() {
        arrive(new PendingEvent(new Event.Restart(), "start", 0));
    }

    /** The application asks for something; an unknown call or wrong arguments throw (FS106). */
    public void call(String name, List<Object> arguments) {
        Event.Call call = EventRules.call(machine, name, arguments);
        neighbourhood.called(call);
        arrive(new PendingEvent(call, "call", 0));
    }

    /** The connection to {@code peer} is broken. */
    public void connectionError(NodeId peer) {
        // Not in turn: what is sent meanwhile goes over a new connection already.
        neighbourhood.facts().lost(peer);
        inTurn(peer, () -> connectionBroken(peer));
    }

    private void connectionBroken(NodeId peer) {
        if (!cut.isEmpty()) {
            cut.remove(peer);
        }
        resolver.beforeChange(this);
        neighbourhood.lost(peer);
        changed();
        handle(new PendingEvent(new Event.ConnectionError(peer), peer, 0));
    }

    /**
     * The host's clock runs differently from now on, or has jumped ahead: the protocol's timers go off when it reads what they were armed
     * for. What the runtime itself waits for, such as a round's end, stays as it was.
     */
    public void clockChanged() {
        timers.clockChanged();
    }

    /** The failure detector suspects {@code peer}; whatever connection there is may be whole. */
    public void suspected(NodeId peer) {
        arrive(new PendingEvent(new Event.Suspicion(peer), "suspicion of " + peer, 0));
    }

    /** Whom the protocol names as its neighbours now; nobody when it does not say, or its code throws over it. */
    public Collection<NodeId> declaredNeighbours() {
        try {
            return List.copyOf(machine.neighbours(state).orElse(List.of()));
        } catch (RuntimeException thrown) {
            return List.of();
        }
    }

    /** Takes what {@code from} has sent. */
    public void receive(NodeId from, Envelope envelope) {
        if (envelope instanceof Envelope.StableFacts facts) {
            // Not in turn: what is past is better known at once.
            unlessFailed(() -> guarded(
                    new Event.Delivery(from, facts), () -> neighbourhood.facts().learn(from, facts)));
        } else if (envelope instanceof Envelope.Advice advice) {
            // Not in turn: it changes nothing here.
            unlessFailed(() -> steering.advised(from, advice.path()));
        } else if (envelope instanceof Envelope.Payload payload && payload.isDatagram()) {
            unlessFailed(() -> acceptDatagram(from, payload));
        } else if (inbox.isParked(from)) {
            inTurn(from, () -> accept(from, envelope));
        } else if (!failed) {
            accept(from, envelope);
        }
    }

    /**
     * An envelope of this node has left as a frame: what is of gathering checkpoints counts against the budget. For hosts
     * whose frames have a length; the others' budget is never used up.
     *
     * @param frameBytes with what the frame needs besides its content
     */
    public void sent(Envelope envelope, int frameBytes) {
        neighbourhood.sent(envelope, frameBytes);
    }

    /** Runs the task when nothing of its source is parked any more; never once the node has failed. */
    private void inTurn(Object source, Runnable task) {
        if (failed) {
            return;
        }
        if (inbox.isParked(source)) {
            int waiting = inbox.enqueue(source, () -> unlessFailed(task));
            if (waiting >= settings.parkedLimit()) {
                inbox.overflow(source);
            }
        } else {
            task.run();
        }
    }

    private void unlessFailed(Runnable task) {
        if (!failed) {
            task.run();
        }
    }

    private void accept(NodeId from, Envelope envelope) {
        if (cut.contains(from)) {
            return;
        }
        if (envelope instanceof Envelope.Payload payload) {
            boolean opens = payload.sequence() == 1;
            if (opens) {
                resolver.beforeChange(this);
            }
            neighbourhood.beforeMessage(from, payload);
            if (opens) {
                changed();
            }
            Event.Delivery delivery = new Event.Delivery(from, payload.message());
            payload.path().ifPresent(tag -> paths.came(delivery, tag));
            handle(new PendingEvent(delivery, from, payload.sequence()));
        } else {
            resolver.beforeChange(this);
            guarded(new Event.Delivery(from, envelope), () -> neighbourhood.accept(from, envelope));
            rest();
        }
    }

    /** In no turn with what comes over the connection, nor cut with it; it waits behind another one of that peer that is parked. */
    private void acceptDatagram(NodeId from, Envelope.Payload payload) {
        neighbourhood.beforeMessage(from, payload);
        Event.Delivery delivery = new Event.Delivery(from, payload.message());
        payload.path().ifPresent(tag -> paths.came(delivery, tag));
        arrive(new PendingEvent(delivery, new PendingEvent.DatagramsOf(from), 0));
    }

    private void timerFired(String name) {
        Event.TimerFired timer = new Event.TimerFired(name);
        paths.fired(timer);
        arrive(new PendingEvent(timer, "timer " + name, 0));
    }

    private void arrive(PendingEvent pending) {
        inTurn(pending.source, () -> handle(pending));
    }

    private void handle(PendingEvent pending) {
        pending.look(host.nowNanos());
        observer.handles(pending.event);
        if (resolver.looksAhead()) {
            resolver.met(this, pending.event);
        }
        EventRules.Disposition disposition;
        Optional<Alternative> taken = Optional.empty();
        try {
            List<Alternative> alternatives = admitted(pending, machine.alternatives(state, pending.event, guardNode));
            if (alternatives.isEmpty() && pending.hasVetoed()) {
                turnAway(pending);
                return;
            }
            disposition = EventRules.disposition(machine, pending.event, alternatives);
            if (disposition == EventRules.Disposition.RUN) {
                taken = choosing.choose(pending, alternatives);
            }
        } catch (RuntimeException thrown) {
            failure(pending, thrown);
            return;
        }
        resolver.beforeChange(this);
        if (taken.isPresent()) {
            run(pending, taken.get());
        } else if (disposition != EventRules.Disposition.RUN) {
            StepListener.Passing how = StepListener.Passing.DROPPED;
            if (disposition == EventRules.Disposition.DEFER) {
                how = StepListener.Passing.DEFERRED;
                deferred.defer((Event.Delivery) pending.event);
                paths.deferred(pending.event);
            }
            listener.passed(pending.event, pending.lookedNanos, how);
            completed(pending);
        }
    }

    private List<Alternative> admitted(PendingEvent pending, List<Alternative> alternatives) {
        List<Alternative> left = pending.withoutVetoed(alternatives);
        if (left.isEmpty() || !pending.canBeTurnedAway()) {
            return left;
        }
        List<Alternative> admitted = steering.admitted(pending.event, pending.sequence(), left, state);
        if (admitted.size() < left.size()) {
            left.stream().filter(alternative -> !admitted.contains(alternative)).forEach(pending::veto);
        }
        return admitted;
    }

    private void failure(PendingEvent pending, RuntimeException thrown) {
        paths.failed(pending.event);
        listener.passed(pending.event, pending.lookedNanos, StepListener.Passing.FAILED);
        threw(pending.event, thrown);
        if (!failed) {
            completed(pending);
        }
    }

    private void threw(Event event, RuntimeException thrown) {
        failed = !settings.isolateFailures();
        host.handlerFailed(event, machine.describe(state), thrown);
        if (failed) {
            timers.cancelAll();
        }
    }

    /** Runs what calls the author's guards and aggregates outside of a handler: they may throw too. */
    private void guarded(Event event, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException thrown) {
            threw(event, thrown);
        }
    }

    private void run(PendingEvent pending, Alternative alternative) {
        boolean tried = pending.canBeTurnedAway() && steering.tries(pending.event);
        boolean undoable = tried || settings.isolateFailures();
        Step<S> step = new Step<>(
                machine,
                self,
                new Step.Inputs<>(
                        state,
                        pending.lookedNanos,
                        timers.armed(),
                        neighbourhood.channels(),
                        random,
                        choosing.immediate()));
        if (undoable) {
            step.keepRead();
            rewind.before(state);
        } else {
            rewind.forget();
        }
        try {
            machine.run(state, pending.event, alternative, step);
        } catch (RuntimeException thrown) {
            state = undoable ? rewind.state() : state;
            failure(pending, thrown);
            return;
        }
        if (tried && !isAccepted(pending.event, alternative, step)) {
            pending.veto(alternative);
            handle(pending);
            return;
        }
        if (undoable) {
            rewind.ran(pending, alternative, step.read());
        }
        commit(pending, alternative, step);
        completed(pending);
    }

    /** When not, the handler has not run. */
    private boolean isAccepted(Event event, Alternative alternative, Step<S> step) {
        if (steering.isHarmless(event, alternative, state)) {
            return true;
        }
        S before = rewind.state();
        boolean accepted = steering.accepts(event, alternative, before, state, step);
        state = accepted ? state : before;
        return accepted;
    }

    /** Keeps the event from having effect; false when it is of a kind that cannot be turned away. */
    private boolean turnAway(PendingEvent pending) {
        if (!pending.canBeTurnedAway()) {
            return false;
        }
        host.turnedAway(pending.event);
        paths.turnedAway(pending.event);
        listener.passed(pending.event, pending.lookedNanos, StepListener.Passing.TURNED_AWAY);
        if (pending.event instanceof Event.Delivery delivery && !machine.isDatagram(delivery.message())) {
            pending.discard();
            cut = cut.isEmpty() ? new HashSet<>() : cut;
            if (!delivery.from().equals(self) && cut.add(delivery.from())) {
                host.breakConnection(delivery.from());
            }
        } else if (pending.event instanceof Event.TimerFired timer) {
            timers.set(timer.name(), settings.postponement().toNanos());
        }
        completed(pending);
        return true;
    }

    private void commit(PendingEvent pending, Alternative alternative, Step<S> step) {
        listener.ran(pending.event, pending.lookedNanos, alternative, step);
        try {
            neighbourhood.facts().stepped();
            paths.handled(pending.event);
            step.forEachTimerCancelled(this::cancelTimer);
            step.forEachTimerSet(this::setTimer);
            for (Step.Send send : step.sends()) {
                neighbourhood.send(send.to(), send.message(), paths.sends(send.to(), send.message()));
                steering.sent(send.to(), send.message());
            }
            neighbourhood.facts().push();
            step.notes().forEach(host::noted);
        } catch (RuntimeException thrown) {
            paths.failed(pending.event);
            listener.passed(pending.event, pending.lookedNanos, StepListener.Passing.FAILED);
            threw(pending.event, thrown);
        }
    }

    private void cancelTimer(String name) {
        timers.cancel(name);
        paths.cancels(name);
    }

    private void setTimer(String name, long delayNanos) {
        timers.set(name, delayNanos);
        paths.sets(name);
    }

    /** The event is over: counts it as received, looks after what waited for it, and keeps the model fresh. */
    private void completed(PendingEvent pending) {
        deferred.completed(pending);
        paths.completed(pending.event);
        if (pending.event instanceof Event.Delivery delivery && pending.isCounted()) {
            neighbourhood.received(delivery, pending.sequence());
        }
        observer.handled(pending.event);
        // What was deferred may choose before the resolver is told that the node rests.
        changed();
        guarded(pending.event, deferred::retry);
        if (!failed) {
            guarded(pending.event, neighbourhood::refresh);
            steering.handled();
        }
        if (pending.parked) {
            pending.parked = false;
            inbox.release(pending.source);
            guarded(pending.event, deferred::retry);
        }
        rest();
    }

    private void changed() {
        if (resolver.looksAhead()) {
            resolver.changed();
        }
    }

    private void rest() {
        if (!failed && resolver.looksAhead()) {
            resolver.rests(this);
        }
    }

    @Override
    public BusyTime gatheringTime() {
        return neighbourhood.gatheringTime();
    }

    @Override
    public void gatherSoon() {
        neighbourhood.gatherSoon();
    }

    @Override
    public OptionalLong timerDueNanos(String timer) {
        return timers.remaining(timer);
    }

    @Override
    public Snapshot<S> snapshot() {
        return neighbourhood.snapshot();
    }

    @Override
    public Snapshot<S> roundSnapshot() {
        return neighbourhood.roundSnapshot();
    }

    @Override
    public Optional<Snapshot<S>> consistentSnapshot() {
        return neighbourhood.consistentSnapshot();
    }

    @Override
    public SortedMap<NodeId, Checkpoint<S>> consistentWhenHandling(Event event) {
        return neighbourhood.consistentWhenHandling(event);
    }

    @Override
    public SortedMap<NodeId, S> stableFacts() {
        return neighbourhood.facts().images();
    }

    @Override
    public SortedMap<NodeId, SortedMap<NodeId, S>> stableClaims() {
        return neighbourhood.facts().claims();
    }

    @Override
    public boolean advise(NodeId peer, String path) {
        return neighbourhood.advise(peer, path);
    }

    /** The protocol's timers that are armed now, those of all layers, by name. */
    public SortedMap<String, ArmedTimer> armedTimers() {
        return timers.described();
    }

    /** Grows with every change of {@link #stableFacts}. */
    public long stableFactsRevision() {
        return neighbourhood.facts().revision();
    }

    @Override
    public long nowNanos() {
        return host.nowNanos();
    }

    @Override
    public Host.Alarm schedule(long delayNanos, Runnable task) {
        return host.schedule(delayNanos, () -> unlessFailed(task));
    }

    /** The node as its {@link Choosing} sees it. */
    private final class OwnEvents implements Choosing.Owner<S> {
        @Override
        public S state() {
            return state;
        }

        @Override
        public Neighbourhood<S> neighbourhood() {
            return neighbourhood;
        }

        /** A message that is about to be handled is not in flight or deferred any more. */
        @Override
        public Snapshot<S> snapshotWith(PendingEvent pending) {
            if (deferred.isRetried(pending)) {
                return deferred.without(pending, neighbourhood::snapshot);
            }
            return pending.event instanceof Event.Delivery delivery && pending.isCounted()
                    ? neighbourhood.snapshotAfter(delivery.from(), pending.sequence())
                    : neighbourhood.snapshot();
        }

        @Override
        public void resumed(PendingEvent pending) {
            unlessFailed(() -> handle(pending));
        }
    }
}
