package dev.foresail.predictor.log;

import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What a handler has done besides changing the state. Immutable: messages are as they were when they were sent.
 *
 * @param sends the messages, in order; of many the first
 * @param moreSends how many messages follow on these
 * @param timers which timers it has set, and then which it has cancelled
 */
public record Effects(List<Step.Send> sends, int moreSends, List<TimerChange> timers) {
    /** Of a step that sends more than this the first so many messages are kept. */
    static final int MOST_SENDS = 64;

    public static final Effects NONE = new Effects(List.of(), 0, List.of());

    /**
     * A timer that was set or cancelled.
     *
     * @param delayNanos until it goes off; negative when it was cancelled
     */
    public record TimerChange(String timer, long delayNanos) {
        /** Of a timer that is cancelled. */
        static final long CANCELLED = -1;

        public boolean isCancelled() {
            return delayNanos < 0;
        }
    }

    /** Of a step that is over; keeps its list of messages, which nobody changes any more, and nothing else of it. */
    static Effects of(Step<?> step) {
        List<Step.Send> sends = step.sends();
        List<TimerChange> timers = step.changesTimers() ? timers(step) : List.of();
        if (sends.isEmpty() && timers.isEmpty()) {
            return NONE;
        }
        int more = Math.max(0, sends.size() - MOST_SENDS);
        return new Effects(more == 0 ? sends : List.copyOf(sends.subList(0, MOST_SENDS)), more, timers);
    }

    /** Whether a step that is over has sent some messages at most, all of which are kept, and done nothing else of this. */
    static boolean onlySends(Step<?> step) {
        return step.sends().size() <= MOST_SENDS && !step.changesTimers();
    }

    /** Of a step of which {@link #onlySends} is true. */
    static Effects ofSends(List<Step.Send> sends) {
        return sends.isEmpty() ? NONE : new Effects(sends, 0, List.of());
    }

    private static List<TimerChange> timers(Step<?> step) {
        List<TimerChange> timers = new ArrayList<>(2);
        step.forEachTimerSet((name, delayNanos) -> timers.add(new TimerChange(name, delayNanos)));
        step.forEachTimerCancelled(name -> timers.add(new TimerChange(name, TimerChange.CANCELLED)));
        return timers;
    }
}
