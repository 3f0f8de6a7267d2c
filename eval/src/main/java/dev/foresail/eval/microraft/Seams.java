package dev.foresail.eval.microraft;

import dev.foresail.choice.Node;
import io.microraft.RaftEndpoint;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What MicroRaft is given for a network, a clock and dice: all of it comes from the {@link Node} whose handler runs. Not thread-safe.
 */
final class Seams {
    private static final int LOSS_BOUND = 1_000_000;
    private static final int HALF_BITS = 16;
    private static final int WORD_BITS = 32;

    private Optional<Node> current = Optional.empty();

    /** From now until {@link #leave} a handler of the node runs. */
    void enter(Node node) {
        current = Optional.of(node);
    }

    void leave() {
        current = Optional.empty();
    }

    /** @throws IllegalStateException outside of a handler, where a node must not do anything */
    Node node() {
        return current.orElseThrow(() -> new IllegalStateException("MicroRaft acts though no handler runs"));
    }

    long nowNanos() {
        return node().nowNanos();
    }

    Clock clock() {
        return new NodeClock(this::nowNanos);
    }

    Random random() {
        return new NodeRandom(this::node);
    }

    /**
     * A network that loses messages, which is all that MicroRaft asks of one.
     *
     * @param lossProbability of each message, in [0, 1); drawn in millionths
     */
    Transport transport(double lossProbability) {
        return new LossyTransport(this, (int) (lossProbability * LOSS_BOUND));
    }

    private record LossyTransport(Seams seams, int lossMillionths) implements Transport {
        @Override
        public void send(RaftEndpoint target, RaftMessage message) {
            Node node = seams.node();
            if (node.random(LOSS_BOUND) >= lossMillionths) {
                node.send(Peer.idOf(target), new Carried(message));
            }
        }

        @Override
        public boolean isReachable(RaftEndpoint target) {
            return true;
        }
    }

    private static final class NodeClock extends Clock {
        private final LongSupplier nanos;

        NodeClock(LongSupplier nanos) {
            this.nanos = nanos;
        }

        @Override
        public long millis() {
            return nanos.getAsLong() / 1_000_000;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, nanos.getAsLong());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** All draws of {@link Random} are made of this one. */
    private static final class NodeRandom extends Random {
        private final transient Supplier<Node> node;

        NodeRandom(Supplier<Node> node) {
            super(0);
            this.node = node;
        }

        @Override
        protected int next(int bits) {
            int high = node.get().random(1 << HALF_BITS);
            int low = node.get().random(1 << HALF_BITS);
            return (high << HALF_BITS | low) >>> (WORD_BITS - bits);
        }
    }
}
