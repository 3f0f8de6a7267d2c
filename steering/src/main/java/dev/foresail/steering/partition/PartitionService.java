package dev.foresail.steering.partition;

import dev.foresail.steering.cluster.MemberService;
import dev.foresail.steering.cluster.MemberWork;
import dev.foresail.steering.cluster.RefusedException;

/** A waiting member's readiness to play its part of partitioned runs. Thread-safe. */
public final class PartitionService implements MemberService {
    /** By which coordinators ask for it. */
    public static final String PURPOSE = "partition";

    private final Players players;

    /** Makes players of what a coordinator offers. */
    @FunctionalInterface
    public interface Players {
        /** @throws RefusedException when it cannot be played here */
        PartitionPlayer of(byte[] offer) throws RefusedException;
    }

    public PartitionService(Players players) {
        this.players = players;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public MemberWork accept(byte[] offer) throws RefusedException {
        return new PartitionWork(players.of(offer));
    }
}
