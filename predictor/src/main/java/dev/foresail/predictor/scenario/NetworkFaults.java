package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a scenario can do to the network of a simulation besides cutting and breaking. Everything heals by itself but a {@link Hold}. A stage
 * of live nodes refuses these faults: diagnostic FS425. What cannot be (a negative time, one of more than 146 years, a rate that is
 * not one, a node and itself) is refused with FS426 and an {@link IllegalArgumentException}, and nothing happens.
 */
public interface NetworkFaults {
    /** Time since the scenario began. */
    Duration now();

    /** Runs {@code action} at {@code time} since the beginning. */
    void at(Duration time, Runnable action);

    /**
     * For {@code duration} from now something is wrong with what {@code from} sends to {@code to}; the methods below say it by name. Of
     * several of a kind in the same direction that overlap, the last end counts of cuts and clogs, and the latest of the others.
     */
    default void disturb(NodeId from, NodeId to, LinkFault fault, Duration duration) {
        throw new UnsupportedOperationException(onlySimulated(fault.label()));
    }

    /** What is sent to or from a node waits until the end and leaves then, in order; nothing is lost. */
    default void clog(NodeId node, Duration duration) {
        throw new UnsupportedOperationException(onlySimulated("clog"));
    }

    /**
     * From now on what {@code from} sends to {@code to} waits until somebody lets it go.
     *
     * @throws IllegalStateException FS427 when it is held already
     */
    default Hold hold(NodeId from, NodeId to) {
        throw new UnsupportedOperationException(onlySimulated("hold"));
    }

    /**
     * For {@code duration} nothing passes from one node to another, but in the other direction it does. As acknowledgements do not come
     * back either, their connection breaks at both ends {@code noticedAfter} from now: until then messages to {@code from} arrive, and none
     * of it. Neither can connect anew before it has healed, as a connection takes a way there and back: what an attempt was to carry is lost, with
     * a connection error {@code noticedAfter} from its beginning. So what is sent to {@code from} may have arrived though its
     * sender is told of an error.
     */
    default void cutOneWay(NodeId from, NodeId to, Duration duration, Duration noticedAfter) {
        disturb(from, to, new LinkFault.OneWayCut(noticedAfter), duration);
    }

    /** Cuts one direction; both ends notice after {@link Stage#CUT_NOTICED_AFTER}. */
    default void cutOneWay(NodeId from, NodeId to, Duration duration) {
        cutOneWay(from, to, duration, Stage.CUT_NOTICED_AFTER);
    }

    /**
     * Nothing passes from any node of a group to any of another, as {@link #cutOneWay(NodeId, NodeId, Duration)} says.
     *
     * @throws IllegalArgumentException FS426 when a node is in both
     */
    default void partitionOneWay(Collection<NodeId> from, Collection<NodeId> to, Duration duration) {
        for (NodeId node : from) {
            if (to.contains(node)) {
                throw new IllegalArgumentException("[FS426] " + node + " cannot be cut from itself");
            }
        }
        from.forEach(sender -> to.forEach(receiver -> cutOneWay(sender, receiver, duration)));
    }

    /** What two nodes send to each other waits until the end and leaves then, in order; nothing is lost. */
    default void clog(NodeId one, NodeId other, Duration duration) {
        disturbBoth(one, other, new LinkFault.Clog(), duration);
    }

    /**
     * Some of the nodes, drawn evenly and at least one, are clogged one after the other during the first half of the time, and freed in
     * another order during the second. (A fault of FoundationDB's simulation, which brings rare orders about.)
     *
     * @param nodes at least one
     */
    default void swizzleClog(Collection<NodeId> nodes, Duration duration, RandomGenerator random) {
        long halfNanos = nanos(duration) / 2;
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("[FS426] there is no node to be clogged");
        }
        List<NodeId> chosen = new ArrayList<>(nodes);
        int size = 1 + random.nextInt(chosen.size());
        List<Integer> places = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            chosen.add(index, chosen.remove(index + random.nextInt(chosen.size() - index)));
            places.add(random.nextInt(index + 1), index);
        }
        for (int index = 0; index < size; index++) {
            NodeId node = chosen.get(index);
            long startNanos = (long) ((double) halfNanos * index / size);
            long endNanos = halfNanos + (long) ((double) halfNanos * (places.get(index) + 1) / size);
            at(now().plusNanos(startNanos), () -> clog(node, Duration.ofNanos(endNanos - startNanos)));
        }
    }

    /** What two nodes send to each other takes {@code factor} times as long (at least 1), and {@code extra} more. Order is kept. */
    default void delaySpike(NodeId one, NodeId other, double factor, Duration extra, Duration duration) {
        disturbBoth(one, other, new LinkFault.DelaySpike(factor, extra), duration);
    }

    /** Of the messages between two nodes a share {@code rate} vanishes, without a broken connection. */
    default void loss(NodeId one, NodeId other, double rate, Duration duration) {
        disturbBoth(one, other, new LinkFault.Loss(rate), duration);
    }

    /** Of the messages between two nodes a share {@code rate} is delivered twice. */
    default void duplicating(NodeId one, NodeId other, double rate, Duration duration) {
        disturbBoth(one, other, new LinkFault.Duplicating(rate), duration);
    }

    /** Of the messages between two nodes a share {@code rate} is overtaken by later ones. */
    default void unordered(NodeId one, NodeId other, double rate, Duration duration) {
        disturbBoth(one, other, new LinkFault.Unordered(rate), duration);
    }

    private void disturbBoth(NodeId one, NodeId other, LinkFault fault, Duration duration) {
        disturb(one, other, fault, duration);
        disturb(other, one, fault, duration);
    }

    private static String onlySimulated(String fault) {
        return "[FS425] a " + fault + " is for simulations only: live nodes can be crashed, cut, broken and paused";
    }

    /** @throws IllegalArgumentException FS426 when both are the same node */
    static void checkPair(NodeId from, NodeId to) {
        if (from.equals(to)) {
            throw new IllegalArgumentException("[FS426] what " + from + " sends to itself is no fault of the network");
        }
    }

    /** @throws IllegalArgumentException FS426 when the time is negative, or longer than any run */
    static long nanos(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "[FS426] a fault takes 0 s to 146 years, not " + (time.getSeconds() + time.getNano() / 1e9) + " s");
        }
        return time.toNanos();
    }

    /** As long as any run can be. */
    Duration LONGEST = Duration.ofNanos(1L << 62);
}
