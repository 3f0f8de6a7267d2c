package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** What is known in a world of when its pending events can happen. Interned, immutable. */
record Timing(int id, Body body, Content content) {

    /**
     * A timing before it is interned. Immutable.
     *
     * @param flights when the messages of each lane are delivered: first the first; neither bound decreases
     * @param timers when armed timers fire, by {@link #timer}
     * @param down a bit per slot whose node is down
     */
    record Body(SortedMap<Lane, List<Span>> flights, SortedMap<Integer, Span> timers, long down) {
        static final Body EMPTY = new Body(Collections.emptySortedMap(), Collections.emptySortedMap(), 0);

        Body {
            flights = Collections.unmodifiableSortedMap(flights);
            timers = Collections.unmodifiableSortedMap(timers);
        }

        /** When the first of what has a latest time must have happened. */
        long deadline() {
            long deadline = Span.NEVER;
            for (List<Span> spans : flights.values()) {
                deadline = Math.min(deadline, spans.get(0).latest());
            }
            for (Span span : timers.values()) {
                deadline = Math.min(deadline, span.latest());
            }
            return deadline;
        }

        void write(StateWriter out) {
            out.writeSize(flights.size());
            flights.forEach((lane, spans) -> {
                lane.write(out);
                out.writeSize(spans.size());
                spans.forEach(span -> span.write(out));
            });
            timers.forEach((timer, span) -> {
                out.writeInt(timer);
                span.write(out);
            });
            out.writeLong(down);
        }
    }

    /** The number of a node's timer among those of all nodes. */
    static int timer(int slot, int index) {
        return slot * Long.SIZE + index;
    }
}
