package dev.foresail.steering.cluster.partition;

import dev.foresail.predictor.simulate.WindowExchange;
import dev.foresail.predictor.simulate.WindowExchangeException;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.MembershipListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The coordinator's side of a partitioned run: it is one of those who play, the first one. Thread-safe; {@link #play} by one thread at a time.
 *
 * <p>Idea: a run depends on nothing but its plan and its seed, so what a lost member has done is done again: by those who remain, from the beginning. Trade-off:
 * nothing is kept of what was played before, in exchange for which nobody ever writes down a state.
 */
public final class PartitionedRun implements MembershipListener {
    private final long seed;
    private final Consumer<String> told;
    private final Attempts attempts = new Attempts();
    private long begun;

    /**
     * What a run has given, and how.
     *
     * @param result empty when nobody is left to play it with
     * @param members how many have played it
     * @param exchanges how many times each has told the others something
     * @param sentBytes how much this member has told the others altogether
     */
    public record Played<T>(Optional<T> result, int members, long exchanges, long sentBytes) {}

    /**
     * @param seed of the run
     * @param told gets a line for people whenever an attempt fails
     */
    public PartitionedRun(long seed, Consumer<String> told) {
        this.seed = seed;
        this.told = told;
    }

    /**
     * Plays a run with all members who have joined, and again with those who are left whenever one is lost.
     *
     * @param player plays this member's part
     * @throws dev.foresail.predictor.simulate.OneWorkerNeededException when it cannot be partitioned
     */
    public <T> Played<T> play(Membership membership, Function<WindowExchange, T> player) {
        List<MemberAddress> others = membership.others();
        while (!others.isEmpty()) {
            MemberExchange exchange = begin(membership, others);
            try (exchange) {
                T result = player.apply(exchange);
                return new Played<>(
                        Optional.of(result), exchange.members(), exchange.exchanges(), exchange.sentBytes());
            } catch (WindowExchangeException failed) {
                others = left(others, membership.others(), exchange.endedBy());
                told.accept(failed.getMessage() + "; the run is played again "
                        + (others.isEmpty() ? "by this process alone" : "by " + (others.size() + 1) + " members"));
            }
        }
        return new Played<>(Optional.empty(), 1, 0, 0);
    }

    /** Fewer than before; nobody when it was nobody's loss, as the same would come of it again. */
    private static List<MemberAddress> left(
            List<MemberAddress> before, List<MemberAddress> now, Optional<MemberAddress> gone) {
        List<MemberAddress> left = before.stream()
                .filter(now::contains)
                .filter(member -> gone.filter(member::equals).isEmpty())
                .toList();
        return left.size() < before.size() ? left : List.of();
    }

    private MemberExchange begin(Membership membership, List<MemberAddress> others) {
        List<MemberAddress> all = new ArrayList<>(others);
        all.add(0, membership.self());
        MemberExchange exchange = new MemberExchange(membership, all, ++begun);
        attempts.begin(exchange);
        others.forEach(member -> membership.send(member, PartitionMessage.play(exchange.attempt(), seed, all)));
        return exchange;
    }

    @Override
    public void received(MemberAddress from, byte[] message) {
        try {
            PartitionMessage read = PartitionMessage.read(message);
            if (read.kind() != PartitionMessage.Kind.PLAY) {
                attempts.received(from, read);
            }
        } catch (IllegalArgumentException unreadable) {
            attempts.lost(from, "it sends what nobody understands: " + unreadable.getMessage());
        }
    }

    @Override
    public void lost(MemberAddress member, String why) {
        attempts.lost(member, why);
    }
}
