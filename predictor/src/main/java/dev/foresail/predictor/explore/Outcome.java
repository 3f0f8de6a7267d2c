package dev.foresail.predictor.explore;

import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One result of an event at a local state.
 *
 * @param decisions what was decided in its course
 * @param after the local state after it; before it where it threw
 * @param sends what was sent, as histories and traces see it
 * @param receivers the slots of the receivers that the model has, a receiver per message
 * @param messages what they receive
 * @param toSelf those of them that the node sends to itself, in their order
 * @param arrivals the others, by receiver
 * @param delays in nanoseconds, of the timers that it has armed, by their index
 * @param thrown what a handler threw
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outcome(
        int[] decisions,
        LocalState after,
        List<Step.Send> sends,
        int[] receivers,
        Message[] messages,
        List<Message> toSelf,
        Effect[] arrivals,
        Map<Integer, Long> delays,
        Optional<RuntimeException> thrown) {
    /** Of a handler that threw after these decisions and messages. */
    static Outcome thrown(int[] decisions, LocalState before, List<Step.Send> sends, RuntimeException thrown) {
        return without(decisions, before, sends, Optional.of(thrown));
    }

    private static Outcome without(
            int[] decisions, LocalState after, List<Step.Send> sends, Optional<RuntimeException> thrown) {
        return new Outcome(
                decisions, after, sends, new int[0], new Message[0], List.of(), Move.NO_EFFECTS, Map.of(), thrown);
    }

    /** Of an action that runs no handler. */
    static Outcome quiet(LocalState after) {
        return without(new int[0], after, List.of(), Optional.empty());
    }
}
