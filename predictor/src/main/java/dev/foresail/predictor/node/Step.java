package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternatives;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.FrozenSender;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.subset.SubsetProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The {@link dev.foresail.choice.Node} that one handler sees. Effects are collected and take place together when the handler has ended, so
 * that a handler that throws has none. Used for one step, by the runtime and by roll-outs. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class Step<S> implements FrozenSender {
    /** About 146 years, as long as any simulation. */
    private static final Duration LONGEST_DELAY = Duration.ofNanos(1L << 62);

    private final Machine<S> machine;
    private final NodeId self;
    /** The inputs one by one, so that the compiler can do away with the record: it would be one object more for every event. */
    private final S state;

    private final long nowNanos;
    private final Collection<String> armed;
    private final Map<NodeId, Channel> channels;
    private final IntUnaryOperator random;
    private final ImmediateChooser chooser;
    /** These are made when they are needed: most steps need few of them, and a step is made for every event. */
    private List<Send> sends = List.of();

    private @Nullable SetTimer firstSet;
    private @Nullable SortedSet<String> timersCancelled;
    private List<String> notes = List.of();
    private List<Object> read = List.of();
    private boolean keepsRead;
    private boolean readsMoment;

    public Step(Machine<S> machine, NodeId self, Inputs<S> inputs) {
        this.machine = machine;
        this.self = self;
        this.state = inputs.state();
        this.nowNanos = inputs.nowNanos();
        this.armed = inputs.armed();
        this.channels = inputs.channels();
        this.random = inputs.random();
        this.chooser = inputs.chooser();
    }

    /** A message that the step sends, as it was when it was sent: nobody can change it any more. */
    public record Send(NodeId to, Object message) {}

    /**
     * What a handler may read besides its state.
     *
     * @param armed the names of the armed timers before the step
     * @param random draws below a bound
     */
    public record Inputs<S>(
            S state,
            long nowNanos,
            Collection<String> armed,
            Map<NodeId, Channel> channels,
            IntUnaryOperator random,
            ImmediateChooser chooser) {}

    public List<Send> sends() {
        return sends;
    }

    /** A timer that the step arms; a chain in the order of the names, as most steps arm none or one. */
    private static final class SetTimer {
        final String name;
        long delayNanos;

        @Nullable
        SetTimer next;

        SetTimer(String name, long delayNanos) {
            this.name = name;
            this.delayNanos = delayNanos;
        }
    }

    /** The timers that the step arms, with their delays in nanoseconds. */
    public SortedMap<String, Long> timersSet() {
        if (firstSet == null) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Long> all = new TreeMap<>();
        forEachTimerSet(all::put);
        return all;
    }

    public SortedSet<String> timersCancelled() {
        return timersCancelled == null ? Collections.emptySortedSet() : timersCancelled;
    }

    /** Whether the step arms or cancels a timer. */
    public boolean changesTimers() {
        return firstSet != null || timersCancelled != null;
    }

    /** Takes a timer and its delay in nanoseconds. */
    @FunctionalInterface
    public interface TimerTaker {
        void take(String name, long delayNanos);
    }

    /** As {@link #timersSet}, in the order of the names. */
    public void forEachTimerSet(TimerTaker taker) {
        for (SetTimer timer = firstSet; timer != null; timer = timer.next) {
            taker.take(timer.name, timer.delayNanos);
        }
    }

    /** As {@link #timersCancelled}, in the order of the names. */
    public void forEachTimerCancelled(Consumer<String> taker) {
        if (timersCancelled != null) {
            timersCancelled.forEach(taker);
        }
    }

    private void set(String name, long delayNanos) {
        SetTimer before = null;
        SetTimer timer = firstSet;
        while (timer != null && timer.name.compareTo(name) < 0) {
            before = timer;
            timer = timer.next;
        }
        if (timer != null && timer.name.equals(name)) {
            timer.delayNanos = delayNanos;
            return;
        }
        SetTimer added = new SetTimer(name, delayNanos);
        added.next = timer;
        link(before, added);
    }

    private void unset(String name) {
        SetTimer before = null;
        for (SetTimer timer = firstSet; timer != null; timer = timer.next) {
            if (timer.name.equals(name)) {
                link(before, timer.next);
                return;
            }
            before = timer;
        }
    }

    private void link(@Nullable SetTimer before, @Nullable SetTimer next) {
        if (before == null) {
            firstSet = next;
        } else {
            before.next = next;
        }
    }

    private boolean isSet(String name) {
        SetTimer timer = firstSet;
        while (timer != null && !timer.name.equals(name)) {
            timer = timer.next;
        }
        return timer != null;
    }

    public List<String> notes() {
        return notes;
    }

    /** Whether the handler has asked for the time, or for an aggregate, which depends on it and on other nodes. */
    public boolean readsMoment() {
        return readsMoment;
    }

    /** From now on {@link #read} is kept. */
    void keepRead() {
        keepsRead = true;
    }

    /** What the handler was told of the clock, of draws, choices, aggregates and timers, in order. */
    List<Object> read() {
        return read;
    }

    private <T> T told(T value) {
        if (keepsRead) {
            if (read.isEmpty()) {
                read = new ArrayList<>(2);
            }
            read.add(value);
        }
        return value;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long nowNanos() {
        readsMoment = true;
        return told(nowNanos);
    }

    @Override
    public void send(NodeId to, Object message) {
        sendFrozen(to, machine.freeze(message));
    }

    @Override
    public void sendFrozen(NodeId to, Object message) {
        EventRules.checkLength(machine, message);
        if (sends.isEmpty()) {
            sends = new ArrayList<>(4);
        }
        sends.add(new Send(to, message));
    }

    @Override
    public void setTimer(String name, Duration delay) {
        EventRules.checkTimer(machine, name);
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new ProtocolException(
                    "FS447",
                    self + " arms the timer '" + name + "' with a delay of " + delay + "; a delay is from 0 to "
                            + LONGEST_DELAY.toDays() + " days");
        }
        set(name, delay.toNanos());
        if (timersCancelled != null) {
            timersCancelled.remove(name);
        }
    }

    @Override
    public void cancelTimer(String name) {
        EventRules.checkTimer(machine, name);
        unset(name);
        if (timersCancelled == null) {
            timersCancelled = new TreeSet<>();
        }
        timersCancelled.add(name);
    }

    @Override
    public boolean isArmed(String name) {
        EventRules.checkTimer(machine, name);
        return told(isSet(name) || (armed.contains(name) && !isCancelled(name)));
    }

    private boolean isCancelled(String name) {
        return timersCancelled != null && timersCancelled.contains(name);
    }

    @Override
    public int random(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("the bound of a draw is at least 1, not " + bound);
        }
        int drawn = random.applyAsInt(bound);
        if (keepsRead) {
            told(drawn);
        }
        return drawn;
    }

    @Override
    public <T> T choose(String name, Collection<? extends T> candidates) {
        if (candidates.isEmpty() || candidates.size() > Alternatives.MOST) {
            throw new ProtocolException(
                    "FS103",
                    "the choice '" + name + "' has " + candidates.size() + " candidates; name 1 to "
                            + Alternatives.MOST);
        }
        List<T> ordered = new ArrayList<>(candidates);
        return told(ordered.get(chooser.choose(machine.choiceName(name), ordered)));
    }

    @Override
    public <T> List<T> choose(String name, Collection<? extends T> candidates, int count) {
        if (count < 0 || count > candidates.size() || candidates.size() > SubsetProblem.MOST_CANDIDATES) {
            throw new ProtocolException(
                    "FS103",
                    "the choice '" + name + "' is of " + count + " of " + candidates.size()
                            + " candidates; there must be as many at least, and at most "
                            + SubsetProblem.MOST_CANDIDATES);
        }
        List<T> ordered = new ArrayList<>(candidates);
        List<T> chosen = chooser.chooseSome(machine.choiceName(name), ordered, count).stream()
                .map(ordered::get)
                .toList();
        return told(chosen);
    }

    @Override
    public <V> V aggregate(String name, Class<V> type) {
        readsMoment = true;
        for (int index = 0; index < machine.aggregates().size(); index++) {
            AggregateDescription<S, ?> aggregate = machine.aggregates().get(index);
            if (aggregate.name().equals(name)) {
                Object value = LedgerRule.own(machine, index, state, channels, nowNanos);
                if (type.isInstance(value)) {
                    return told(type.cast(value));
                }
            }
        }
        throw new ProtocolException(
                "FS104",
                machine.protocol() + " has no aggregate '" + name + "' of type " + type.getSimpleName()
                        + "; its aggregates are "
                        + machine.aggregates().stream()
                                .map(AggregateDescription::name)
                                .toList());
    }

    @Override
    public void note(String text) {
        if (notes.isEmpty()) {
            notes = new ArrayList<>(1);
        }
        notes.add(text);
    }

    @Override
    public ProtocolException fail(String reason) {
        throw new ProtocolException("FS107", "the protocol failed: " + reason);
    }
}
