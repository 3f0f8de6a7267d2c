package dev.foresail.eval.proposer;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.Protocol;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Promise;
import dev.foresail.eval.proposer.LogMessages.Skipped;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Mencius (Mao, Junqueira, Marzullo, "Mencius: Building Efficient Replicated State Machines for WANs", OSDI 2008): slots belong to
 * the replicas in turn, and each proposes its own clients' commands in its own slots. Whoever hears of a slot above its own
 * next one skips those below and says so, with whatever it sends next: connections are ordered, so what was not proposed below what a replica says is
 * free never will be. A replica executes a slot when all below are chosen or skipped, so it waits for the slowest. The slots of a replica that is
 * suspected are revoked, some rounds ahead (section 4.3): others fill them with nothing, as nobody but the owner may propose anything else. So are those of
 * which something may have been missed. An owner whose slots are revoked goes on behind them. Left out: batches, and executing out of order what commutes.
 */
@Protocol("paxos-mencius")
public final class Mencius extends Replica {
    /** In rounds of the turn. */
    private static final int REVOKED_AHEAD = 20;

    /** This replica's next slot. */
    @Durable
    long next;

    /** Its own slots from here on it has not proposed. */
    @Durable
    long unproposed;

    final SortedSet<NodeId> suspects = new TreeSet<>();

    public Mencius(@Default("5") int replicas) {
        super(replicas);
    }

    @Override
    @OnStart
    void start(Node node) {
        super.start(node);
        unproposed = turn(self);
        goOnFrom(unproposed);
    }

    /** What it had proposed and was not chosen is proposed again. */
    @Override
    @OnRestart
    void restart(Node node) {
        super.restart(node);
        lead(turn(self), next, node);
        placeAgain(node);
    }

    @Override
    void place(Command command, Node node) {
        long slot = unknown(next, replicas);
        goOnFrom(slot + replicas);
        propose(slot, command, node);
        unproposed = next;
        revoke(false, node);
    }

    @Override
    void accepting(Accept accept, NodeId from, Node node) {
        if (next < accept.slot() && accept.promise().ballot() == 0) {
            goOnFrom(ownFrom(accept.slot()));
        }
    }

    @Override
    void heard(NodeId from, Skipped skipped, Node node) {
        suspects.remove(from);
        long lane = turn(from);
        if (skipped.from() <= free.getOrDefault(lane, lane)) {
            free.merge(lane, skipped.below(), Math::max);
        } else if (skipped.from() > promise(lane).below()) {
            lead(lane, skipped.from(), node);
        }
    }

    @Override
    Skipped skipped() {
        return new Skipped(unproposed, next);
    }

    @Override
    void suspected(NodeId peer, Node node) {
        revoke(suspects.add(peer), node);
    }

    /** The slot that all wait for is revoked, or proposed again when it is this replica's own. */
    @Override
    void stuck(Node node) {
        long lane = lane(executed());
        lead(lane, lane == turn(self) ? next : next + (long) REVOKED_AHEAD * replicas, node);
        placeAgain(node);
    }

    /** @param anew whether others that have revoked slots may be gone as well */
    private void revoke(boolean anew, Node node) {
        for (NodeId peer : suspects) {
            if (anew || promise(turn(peer)).below() < next) {
                lead(turn(peer), next + (long) REVOKED_AHEAD * replicas, node);
            }
        }
    }

    @Override
    void overtaken(long lane, NodeId by, Node node) {
        if (lane == turn(self)) {
            goOnFrom(Math.max(next, ownFrom(promise(lane).below())));
        }
    }

    /** Of one ballot replicas may have promised more or fewer slots. The promise itself stays: what it reaches over may have been accepted here. */
    @Override
    void refused(long lane, Promise promise) {
        if (lane == turn(self) && promise.ballot() == promise(lane).ballot()) {
            goOnFrom(Math.max(next, ownFrom(promise.below())));
        }
    }

    @Override
    void elected(long lane, long below, Node node) {
        free.merge(lane, below, Math::max);
        execute(node);
    }

    private void goOnFrom(long slot) {
        next = slot;
        free.put(turn(self), slot);
    }

    /** This replica's first slot from {@code slot} on. */
    private long ownFrom(long slot) {
        return slot + Math.floorMod(turn(self) - slot, replicas);
    }

    private static long turn(NodeId replica) {
        return replica.value() - 1;
    }

    @Override
    long lane(long slot) {
        return slot % replicas;
    }
}
