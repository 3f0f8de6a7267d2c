package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Those that wait for a word from here, who waits longest first. Does not change. */
public record Refusals(List<Refusal> waiting) {
    static final Refusals NONE = new Refusals(List.of());

    public Refusals {
        waiting = List.copyOf(waiting);
    }

    /** Whoever is refused again keeps its turn; where {@code most} wait already, nobody else is told to. */
    Refusals with(Refusal refusal, int most) {
        List<Refusal> all = new ArrayList<>(waiting);
        for (int turn = 0; turn < all.size(); turn++) {
            if (all.get(turn).ticket().equals(refusal.ticket())) {
                all.set(turn, refusal);
                return new Refusals(all);
            }
        }
        if (all.size() < most) {
            all.add(refusal);
        }
        return new Refusals(all);
    }

    List<Refusal> longestBlockedBy(NodeId node, int most) {
        return waiting.stream()
                .filter(each -> each.blocked().equals(Optional.of(node)))
                .limit(most)
                .toList();
    }

    /** Of those that are blocked by the same, as many as there is room for. */
    List<Refusal> fitting(ToLongFunction<Refusal> room) {
        List<Refusal> fitting = new ArrayList<>();
        for (Refusal each : waiting) {
            long before = fitting.stream()
                    .filter(other -> other.blocked().equals(each.blocked()))
                    .count();
            if (room.applyAsLong(each) > before) {
                fitting.add(each);
            }
        }
        return fitting;
    }

    Refusals without(Ticket ticket) {
        return without(each -> each.ticket().equals(ticket));
    }

    Refusals without(List<Refusal> called) {
        return without(called::contains);
    }

    Refusals withoutThoseOf(NodeId peer) {
        return without(each -> each.from().equals(peer));
    }

    private Refusals without(Predicate<Refusal> which) {
        return waiting.stream().anyMatch(which)
                ? new Refusals(waiting.stream().filter(which.negate()).toList())
                : this;
    }
}
