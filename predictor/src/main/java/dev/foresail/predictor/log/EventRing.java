package dev.foresail.predictor.log;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.node.StepListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what a node has done last, as it was and not as text, so that it costs some twenty nanoseconds for each event. Old events are let go by the block,
 * and sooner where their messages are large. Not thread-safe.
 */
public final class EventRing implements StepListener {
    /** How many events are kept at least unless something else is said. */
    public static final int USUAL_EVENTS = 512;

    /** Of the frames of messages that are kept. */
    static final long MOST_BYTES = 8L << 20;

    private static final int BLOCK_EVENTS = 64;
    private static final long BLOCK_BYTES = MOST_BYTES / 8;
    private static final List<Passing> PASSINGS = List.of(Passing.values());

    private final NodeId node;
    private final Machine<?> machine;
    private final int least;
    private final Deque<Block> full = new ArrayDeque<>();
    private Block latest = new Block(1);
    private int fullEvents;
    private long fullBytes;

    /**
     * @param least so many events are kept at least, unless they are too large, and some dozens more at most; at least 1
     */
    public EventRing(NodeId node, Machine<?> machine, int least) {
        this.node = node;
        this.machine = machine;
        this.least = least;
    }

    /**
     * Some events, one after the other. New blocks instead of one array that is written over and over: to note a young object in an old
     * one costs a collector more than all the rest here.
     */
    private static final class Block {
        final long firstNumber;
        final Event[] events = new Event[BLOCK_EVENTS];
        /** {@link Effects}, or of steps that have only sent a few messages the list of these, as most do: nothing is made for them. */
        final Object[] effects = new Object[BLOCK_EVENTS];

        final long[] nanos = new long[BLOCK_EVENTS];
        /** The handler that ran, or what else became of the event: its place in {@link #PASSINGS}, counted down from -1. */
        final int[] outcomes = new int[BLOCK_EVENTS];

        int size;
        long bytes;

        Block(long firstNumber) {
            this.firstNumber = firstNumber;
        }
    }

    @Override
    public void ran(Event event, long atNanos, Alternative alternative, Step<?> step) {
        add(event, atNanos, alternative.handler(), Effects.onlySends(step) ? step.sends() : Effects.of(step));
    }

    @Override
    public void passed(Event event, long atNanos, Passing how) {
        add(event, atNanos, -1 - PASSINGS.indexOf(how), Effects.NONE);
    }

    private void add(Event event, long atNanos, int outcome, Object effects) {
        Block block = latest;
        if (block.size == BLOCK_EVENTS || block.bytes >= BLOCK_BYTES) {
            block = next();
        }
        int place = block.size++;
        block.events[place] = event;
        block.effects[place] = effects;
        block.nanos[place] = atNanos;
        block.outcomes[place] = outcome;
    }

    private Block next() {
        full.addLast(latest);
        fullEvents += latest.size;
        fullBytes += latest.bytes;
        while (!full.isEmpty() && (fullEvents - full.getFirst().size >= least || fullBytes > MOST_BYTES)) {
            Block gone = full.removeFirst();
            fullEvents -= gone.size;
            fullBytes -= gone.bytes;
        }
        latest = new Block(latest.firstNumber + latest.size);
        return latest;
    }

    /** A message has come or left; what is kept holds on to it. */
    public void weighs(int frameBytes) {
        latest.bytes += frameBytes;
    }

    /** What is kept, oldest first. */
    public List<LoggedStep> steps() {
        List<LoggedStep> steps = new ArrayList<>();
        full.forEach(block -> addAll(block, steps));
        addAll(latest, steps);
        return steps;
    }

    private void addAll(Block block, List<LoggedStep> steps) {
        for (int place = 0; place < block.size; place++) {
            int outcome = block.outcomes[place];
            steps.add(new LoggedStep(
                    node,
                    block.firstNumber + place,
                    block.nanos[place],
                    Optional.empty(),
                    block.events[place],
                    machine.kind(block.events[place]),
                    outcome < 0 ? "" : machine.handlers().get(outcome).name(),
                    outcome < 0 ? PASSINGS.get(-1 - outcome).label() : LoggedStep.HANDLED,
                    effects(block.effects[place]),
                    List.of()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Effects effects(Object kept) {
        return kept instanceof Effects made ? made : Effects.ofSends((List<Step.Send>) kept);
    }

    /** How many events there were, those that are not kept any more too. */
    public long count() {
        return latest.firstNumber - 1 + latest.size;
    }
}
