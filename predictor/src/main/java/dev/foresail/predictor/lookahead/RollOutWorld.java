package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Sized;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.CallRate;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.ImmediateChooser;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective.Futures;
import dev.foresail.predictor.objective.Recording;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The neighbourhood in virtual time, from a snapshot: the message-level simulation of one future. Used for one roll-out,
 * by one thread.
 *
 * <p>Idea: nodes whose checkpoints are known are cloned and run their handlers; what the snapshot shows to be in flight is
 * delivered; a node that is not known is generic: it is as its protocol imagines it from aggregates ({@link GenericNodes}), else takes what it is
 * sent and answers nothing; what others know of it is in their aggregates, by the ledger rule. Later choices follow what the resolver has learnt, else the alternative whose
 * immediate effect on the objective is best; random later choices would drown the difference that is looked for. Applications go on asking
 * for what the nodes have measured that they ask for. With {@link Futures#CONSEQUENCES} nothing of what was there before happens: only what
 * follows from the choice does, at nodes as they are in their checkpoints. Nodes are copied when something happens there.
 * Weakness: generic nodes begin to be when they are sent something; what they would do of their own accord before, and answer to what they were sent
 * earlier, is missing unless it is imagined.
 */
final class RollOutWorld<S> {
    /** Bounds a roll-out whose protocol never comes to rest before the horizon. */
    private static final int MAX_EVENTS = 2_000;

    /** The most calls from applications. */
    private static final int MAX_CALLS = 200;

    /** Of imagined nodes, which use up nothing of what known ones have. */
    private static final int MAX_IMAGINED_EVENTS = 1_000;

    /** So many more events may follow from each of them. */
    private static final int MAX_EVENTS_PER_CALL = 20;

    private static final double[] NO_FIGURES = {};

    private final Machine<S> machine;
    private final BoundObjective<S> objective;
    private final LinkDelays delays;
    private final LaterChoices<S> laterChoices;
    private final NodeId decider;
    private final Set<NodeId> outdated;
    /** Of the checkpoints that the roll-out begins with. */
    private final Map<NodeId, Long> agesNanos;
    /** When the roll-out begins, by the clock that says when aggregates were exported. */
    private final long beginNanos;

    private final Optional<Set<NodeId>> judged;
    private final boolean areCallsGiven;
    private final boolean isWhole;
    private final long seed;
    private final int round;
    /** In the order of their ids; asked for with every event. Those that have not {@linkplain #begun} are shared with other roll-outs. */
    private final Map<NodeId, RolledNode<S>> nodes;

    private final Set<NodeId> begun = new HashSet<>();
    private final SortedMap<NodeId, SortedMap<NodeId, List<SentMessage>>> inFlight;

    private final GenericNodes<S> generics;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;
    /** Handlers that threw: as bad as violated safety, and what a roll-out is there to find. */
    private int failures;
    /** Events that had a handler run, and not only in a trial. */
    private int handled;

    private int called;
    private int handledByImagined;

    /**
     * @param seed of the evaluation's streams
     * @param round which future: the same round of every alternative draws the same delays on every link
     */
    RollOutWorld(Machine<S> machine, StartingPoint<S> start, Setting<S> setting, long seed, int round) {
        Snapshot<S> snapshot = start.snapshot();
        this.machine = machine;
        this.objective = setting.objective();
        this.delays = setting.delays();
        this.laterChoices = setting.laterChoices();
        this.judged = setting.judged();
        this.areCallsGiven = setting.calls().isPresent();
        this.isWhole = areCallsGiven || objective.objective().futures() == Futures.WHOLE;
        this.seed = seed;
        this.round = round;
        this.decider = snapshot.own().node();
        this.outdated = snapshot.outdated();
        this.agesNanos = snapshot.agesNanos();
        this.beginNanos = snapshot.nowNanos();
        this.generics = new GenericNodes<>(machine, start.silent(), delays, seed, round);
        this.nodes = new LinkedHashMap<>(start.nodes());
        this.inFlight = start.inFlight();
        if (isWhole) {
            goOn(snapshot.own());
            snapshot.neighbours().values().forEach(this::goOn);
            inFlight.forEach(this::deliverWhatIsInFlight);
            setting.calls().ifPresent(calls -> calls.forEach(this::callAtItsTime));
        }
    }

    /**
     * What roll-outs of one evaluation share.
     *
     * @param judged the nodes whose states the objective is asked of; empty: all that are known
     * @param calls what applications ask for; empty: what the nodes have measured
     */
    record Setting<S>(
            BoundObjective<S> objective,
            LinkDelays delays,
            LaterChoices<S> laterChoices,
            Optional<Set<NodeId>> judged,
            Optional<List<TimedCall>> calls) {}

    /**
     * An event that is due, or whose handling is over; {@code sequence} is the message's place in its channel, 0 for other events.
     *
     * @param cameNanos when it was due, for one that was served; else negative
     */
    private record Due(long atNanos, long order, NodeId node, Event event, long sequence, long cameNanos)
            implements Comparable<Due> {
        boolean isServed() {
            return cameNanos >= 0;
        }

        Due servedAt(long overNanos, long newOrder) {
            return new Due(overNanos, newOrder, node, event, sequence, atNanos);
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One direction between two nodes; what arrives keeps the order in which it was sent. */
    static final class Link {
        final NodeId from;
        final NodeId to;
        final RandomStream random;
        long lastArrivalNanos;
        /** When it will have taken all that was given to it so far. */
        long freeAtNanos;

        Link(NodeId from, NodeId to, RandomStream random) {
            this.from = from;
            this.to = to;
            this.random = random;
        }
    }

    /** To be changed. */
    private RolledNode<S> node(NodeId id) {
        return find(id).orElseThrow();
    }

    private Optional<RolledNode<S>> find(NodeId id) {
        RolledNode<S> known = nodes.get(id);
        if (known == null) {
            return generics.find(id);
        }
        if (begun.add(id)) {
            known = known.begin(machine, RandomStream.of(seed, "handlers", round, id.value()), delays.serviceNanos(id));
            nodes.put(id, known);
        }
        return Optional.of(known);
    }

    /** What the node does of its own accord. */
    private void goOn(Checkpoint<S> checkpoint) {
        NodeId id = checkpoint.node();
        checkpoint.timers().forEach((name, due) -> schedule(due, id, new Event.TimerFired(name), 0));
        if (!areCallsGiven) {
            checkpoint.calls().forEach(rate -> expect(id, rate));
        }
    }

    private void expect(NodeId id, CallRate rate) {
        RolledCalls calls = new RolledCalls(rate, RandomStream.of(seed, "calls of " + rate.name(), round, id.value()));
        node(id).calls.put(rate.name(), calls);
        callAgain(id, calls);
    }

    private void callAgain(NodeId id, RolledCalls calls) {
        schedule(nowNanos + calls.gapNanos(), id, calls.next(), 0);
    }

    private void callAtItsTime(TimedCall timed) {
        if (nodes.containsKey(timed.node())) {
            schedule(timed.atNanos(), timed.node(), timed.call(), 0);
        }
    }

    /** Whether a call is beyond what a roll-out plays; else the next one of its kind will come after it. */
    private boolean isCalledTooOften(Due due) {
        if (!(due.event instanceof Event.Call call) || due.isServed()) {
            return false;
        }
        called++;
        RolledCalls calls = node(due.node).calls.get(call.name());
        if (called <= MAX_CALLS && calls != null) {
            callAgain(due.node, calls);
        }
        return called > MAX_CALLS;
    }

    private void deliverWhatIsInFlight(NodeId sender, SortedMap<NodeId, List<SentMessage>> sent) {
        sent.forEach((receiver, messages) -> {
            Link link = link(sender, node(sender), receiver);
            messages.forEach(message -> setOut(link, message.message(), message.sequence()));
        });
    }

    /** Whether messages are ahead of a consequence that never arrive: to say that it was received would say so of them. */
    private boolean isBehindOthers(NodeId sender, NodeId receiver) {
        return !isWhole
                && inFlight.getOrDefault(sender, Collections.emptySortedMap()).containsKey(receiver);
    }

    /** A message that is somewhere on its way. */
    private void setOut(Link link, Object message, long sequence) {
        double delayNanos = delay(link);
        double left = link.random.nextDouble();
        link.freeAtNanos = Math.max(nowNanos, link.freeAtNanos) + (long) (left * transferNanos(link, message));
        arriveAt(link.freeAtNanos + (long) (delayNanos * left), link, message, sequence);
    }

    /** The decider takes {@code alternative} of {@code event}, and the world goes on to the horizon. */
    RollOut run(Event event, Alternative alternative) {
        try {
            step(decider, node(decider), event, alternative);
        } catch (RuntimeException thrown) {
            failures++;
        }
        retryDeferred(decider, node(decider));
        Recording<S> recording = objective.begin(figures(decider, alternative));
        long horizonNanos = objective.objective().horizon().toNanos();
        int taken = 0;
        while (taken < mostEvents() && !queue.isEmpty()) {
            Due due = queue.poll();
            if (due.atNanos > horizonNanos) {
                break;
            }
            while (recording.nextNanos() < due.atNanos) {
                recording.sample(view(recording.nextNanos()));
            }
            nowNanos = due.atNanos;
            taken += nodes.containsKey(due.node) ? 1 : 0;
            if (isPlayed(due) && !isCalledTooOften(due) && !isServedLater(due)) {
                handle(due);
            }
        }
        while (recording.nextNanos() < Long.MAX_VALUE) {
            recording.sample(view(recording.nextNanos()));
        }
        double[] row = recording.end(view(horizonNanos), failures);
        return new RollOut(objective, row, handled, recording.trouble(), generics.hadAny(), generics.trouble());
    }

    /** Known nodes' events are; imagined ones have fallen silent after a mistake, and have so many events of their own. */
    private boolean isPlayed(Due due) {
        if (nodes.containsKey(due.node)) {
            return true;
        }
        if (!generics.has(due.node)) {
            return false;
        }
        if (handledByImagined == MAX_IMAGINED_EVENTS) {
            generics.limited(due.node + ", as imagined nodes have more than " + MAX_IMAGINED_EVENTS + " events");
            return false;
        }
        handledByImagined++;
        return true;
    }

    private int mostEvents() {
        return MAX_EVENTS + MAX_EVENTS_PER_CALL * Math.min(called, MAX_CALLS);
    }

    /** What comes to a node that takes time for it waits its turn, and happens as a whole when its time is over. */
    private boolean isServedLater(Due due) {
        RolledNode<S> node = node(due.node);
        if (node.serviceNanos == 0 || due.isServed()) {
            return false;
        }
        node.freeAtNanos = Math.max(nowNanos, node.freeAtNanos) + node.serviceNanos;
        queue.add(due.servedAt(node.freeAtNanos, scheduled++));
        return true;
    }

    private void handle(Due due) {
        RolledNode<S> node = node(due.node);
        long dueNanos = due.isServed() ? due.cameNanos : due.atNanos;
        if (due.event instanceof Event.TimerFired timer && !isDue(node, timer.name(), dueNanos)) {
            return;
        }
        if (due.event instanceof Event.Delivery delivery
                && due.sequence > 0
                && !isBehindOthers(delivery.from(), due.node)) {
            // Before the handler, or the message would count both as in flight and as handed on.
            Optional<Channel> sender = find(delivery.from()).map(from -> from.channel(due.node));
            node.channel(delivery.from()).received(due.sequence, sender);
        }
        if (generics.has(due.node)) {
            reactAsImagined(due.node, node, due.event);
            return;
        }
        try {
            react(due.node, node, due.event);
        } catch (RuntimeException thrown) {
            failures++;
        }
        retryDeferred(due.node, node);
    }

    /** What throws here was imagined: no known node has done anything wrong, so that nothing speaks against the alternative. */
    private void reactAsImagined(NodeId self, RolledNode<S> node, Event event) {
        try {
            react(self, node, event);
            retryDeferred(self, node);
        } catch (RuntimeException thrown) {
            generics.failed(self, "what " + self + " does: " + thrown);
        }
    }

    private void retryDeferred(NodeId self, RolledNode<S> node) {
        OptionalInt ready = EventRules.nextReady(machine, node.state, node.deferred, new GuardNode(self));
        if (ready.isPresent()) {
            schedule(nowNanos, self, node.deferred.remove(ready.getAsInt()), 0);
        }
    }

    private static <S> boolean isDue(RolledNode<S> node, String timer, long atNanos) {
        Long due = node.timers.get(timer);
        if (due == null || due != atNanos) {
            return false;
        }
        node.timers.remove(timer);
        return true;
    }

    private void react(NodeId self, RolledNode<S> node, Event event) {
        List<Alternative> alternatives = machine.alternatives(node.state, event, new GuardNode(self));
        switch (EventRules.disposition(machine, event, alternatives)) {
            case RUN -> step(self, node, event, alternatives.get(later(self, node, event, alternatives)));
            case DEFER -> node.deferred.add((Event.Delivery) event);
            default -> {}
        }
    }

    private int later(NodeId self, RolledNode<S> node, Event event, List<Alternative> alternatives) {
        if (alternatives.size() == 1) {
            return 0;
        }
        return laterChoices
                .recall(self, node.state, node.channels, event, alternatives)
                .orElseGet(() -> generics.has(self)
                        ? node.random.nextInt(alternatives.size())
                        : bestAtOnce(self, node, event, alternatives));
    }

    /** The alternative whose immediate effect is best by the objective, the first of equals; one that throws is worse. */
    private int bestAtOnce(NodeId self, RolledNode<S> node, Event event, List<Alternative> alternatives) {
        int best = 0;
        double[] bestCosts = new double[0];
        for (int index = 0; index < alternatives.size(); index++) {
            RolledNode<S> trial = node.copy(machine);
            int threw = isApplied(self, trial, event, alternatives.get(index)) ? 0 : 1;
            nodes.put(self, trial);
            double[] costs = objective.costs(view(nowNanos), figures(self, alternatives.get(index)));
            costs[0] += threw;
            nodes.put(self, node);
            if (index == 0 || Costs.compare(costs, bestCosts) < 0) {
                best = index;
                bestCosts = costs;
            }
        }
        return best;
    }

    /** What is known of the link to the node that the alternative chooses. */
    private double[] figures(NodeId self, Alternative alternative) {
        return objective.usesLinks()
                ? CandidateLink.figures(
                        delays, self, alternative, objective.objective().provided())
                : NO_FIGURES;
    }

    private boolean isApplied(NodeId self, RolledNode<S> trial, Event event, Alternative alternative) {
        try {
            apply(self, trial, event, alternative);
            return true;
        } catch (RuntimeException thrown) {
            return false;
        }
    }

    private void step(NodeId self, RolledNode<S> node, Event event, Alternative alternative) {
        handled++;
        carryOut(self, node, apply(self, node, event, alternative));
    }

    private void carryOut(NodeId self, RolledNode<S> node, Step<S> step) {
        for (Step.Send send : step.sends()) {
            if (isThere(self, node, step, send.to())) {
                Link link = link(self, node, send.to());
                if (machine.isDatagram(send.message())) {
                    sendDatagram(node, link, send.message());
                    continue;
                }
                arriveAt(
                        throughAtNanos(node, link, send.message()) + delay(link),
                        link,
                        send.message(),
                        node.channel(send.to()).sent());
            }
        }
        step.forEachTimerSet((name, delay) -> schedule(nowNanos + delay, self, new Event.TimerFired(name), 0));
    }

    /** Whether somebody takes what the step sends to that node, as a generic node does from now on where it can be. */
    private boolean isThere(NodeId from, RolledNode<S> sender, Step<S> step, NodeId to) {
        if (nodes.containsKey(to) || generics.has(to)) {
            return true;
        }
        if (!generics.mayAdd(to)) {
            return false;
        }
        long counted = step.sends().stream()
                .filter(send -> send.to().equals(to) && !machine.isDatagram(send.message()))
                .count();
        long received = sender.channel(to).sent() - counted;
        RolledNode<S> node = generics.add(to, sender.state);
        try {
            AggregateValues told = generics.told(
                    view(nowNanos), to, tellers(from, sender, to, received), newer(), beginNanos + nowNanos);
            carryOut(to, node, played(to, node, handle -> machine.imagine(node.state, from, told, handle)));
            return true;
        } catch (RuntimeException thrown) {
            generics.failed(to, "what " + to + " is like: " + thrown);
            return false;
        }
    }

    /** Neighbours of the decider that have told it something since their checkpoints, as long as the roll-out has not gone on for longer than these are old. */
    private Map<NodeId, Channel> newer() {
        Map<NodeId, Channel> newer = new TreeMap<>();
        for (NodeId neighbour : outdated) {
            Channel channel = node(decider).channels.get(neighbour);
            boolean isTold = channel != null && channel.exported().isPresent() && nodes.containsKey(neighbour);
            if (isTold && nowNanos < agesNanos.getOrDefault(neighbour, 0L)) {
                newer.put(neighbour, channel);
            }
        }
        return newer;
    }

    /** Who in sight may have been told something by that node, the sender of the first message to it first. */
    private List<GenericNodes.Teller> tellers(NodeId from, RolledNode<S> sender, NodeId to, long received) {
        List<GenericNodes.Teller> tellers = new ArrayList<>();
        tellers.add(new GenericNodes.Teller(sender.channel(to), received));
        nodes.forEach((id, node) -> {
            if (!id.equals(from) && node.channels.containsKey(to)) {
                tellers.add(new GenericNodes.Teller(node.channels.get(to), Long.MAX_VALUE));
            }
        });
        return tellers;
    }

    /** It is lost as often as the link is known to lose, and may overtake others. */
    private void sendDatagram(RolledNode<S> node, Link link, Object message) {
        double lossProbability =
                delays.figure(link.from, link.to, LinkFigure.LOSS).orElse(0);
        boolean lost = link.random.nextDouble() < lossProbability;
        long arrivalNanos = throughAtNanos(node, link, message) + delay(link);
        if (!lost) {
            schedule(arrivalNanos, link.to, new Event.Delivery(link.from, message), 0);
        }
    }

    private Step<S> apply(NodeId self, RolledNode<S> node, Event event, Alternative alternative) {
        return played(self, node, handle -> machine.run(node.state, event, alternative, handle));
    }

    /** Runs the handler on the node and books what it sends, without sending it; datagrams are not counted. */
    private Step<S> played(NodeId self, RolledNode<S> node, Consumer<Step<S>> handler) {
        Step.Inputs<S> inputs = new Step.Inputs<>(
                node.state,
                nowNanos,
                node.timers.keySet(),
                node.channels,
                node.random::nextInt,
                ImmediateChooser.drawing(node.random::nextInt));
        Step<S> step = new Step<>(machine, self, inputs);
        handler.accept(step);
        for (Step.Send send : step.sends()) {
            if (!machine.isDatagram(send.message())) {
                Channel channel = node.channel(send.to());
                channel.remember(channel.nextSequence(), send.message());
            }
        }
        step.forEachTimerCancelled(node.timers::remove);
        step.forEachTimerSet((name, delay) -> node.timers.put(name, nowNanos + delay));
        return step;
    }

    /** When a message's last byte is through the sender's access and the link; what follows goes on before, as packets do. */
    private long throughAtNanos(RolledNode<S> node, Link link, Object message) {
        if (!(message instanceof Sized sized)) {
            // What is small waits as well, for the access and for the link.
            return Math.max(nowNanos, Math.max(node.uplinkFreeAtNanos, link.freeAtNanos));
        }
        long transferNanos = transferNanos(link, message);
        long uplinkBegins = Math.max(nowNanos, node.uplinkFreeAtNanos);
        node.uplinkFreeAtNanos = uplinkBegins + delays.uplinkNanos(link.from, sized.bytes());
        long readyNanos = Math.max(uplinkBegins, node.uplinkFreeAtNanos - transferNanos);
        link.freeAtNanos = Math.max(readyNanos, link.freeAtNanos) + transferNanos;
        return link.freeAtNanos;
    }

    private long transferNanos(Link link, Object message) {
        return message instanceof Sized sized
                ? delays.transferNanos(link.from, link.to, sized.bytes(), link.random)
                : 0;
    }

    private long delay(Link link) {
        return delays.sampleNanos(link.from, link.to, link.random);
    }

    private Link link(NodeId from, RolledNode<S> node, NodeId to) {
        Link known = node.links.get(to);
        if (known == null) {
            known = new Link(from, to, RandomStream.of(seed, "link", round, from.value(), to.value()));
            node.links.put(to, known);
        }
        return known;
    }

    private void arriveAt(long atNanos, Link link, Object message, long sequence) {
        link.lastArrivalNanos = Math.max(atNanos, link.lastArrivalNanos);
        schedule(link.lastArrivalNanos, link.to, new Event.Delivery(link.from, message), sequence);
    }

    private void schedule(long atNanos, NodeId node, Event event, long sequence) {
        queue.add(new Due(atNanos, scheduled++, node, event, sequence, -1));
    }

    /** @param atNanos when it is asked for, in the roll-out's time: what was known when that began is so much older by then */
    private PictureView<S> view(long atNanos) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        nodes.forEach((id, node) -> {
            if (judged.isEmpty() || judged.get().contains(id)) {
                pictures.put(id, new Picture<>(node.state, node.channels, agesNanos.getOrDefault(id, 0L) + atNanos));
            }
        });
        return new PictureView<>(
                machine, pictures, false, (node, neighbour) -> node.equals(decider) && outdated.contains(neighbour));
    }
}
