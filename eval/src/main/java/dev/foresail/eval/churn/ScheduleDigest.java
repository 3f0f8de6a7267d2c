package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.Hashing;
import dev.foresail.predictor.scenario.fault.Churn;
import java.time.Duration;

/** Who died and who joined, in which order and when by the plan: where the digests are alike, so was what was played. For one run; not thread-safe. */
final class ScheduleDigest implements Churn.Observer {
    private long digest;

    @Override
    public void happened(String what, NodeId node, Duration planned) {
        for (long part : new long[] {Hashing.ofText(what), node.value(), planned.toNanos()}) {
            digest = Hashing.combine(digest, part);
        }
    }

    @Override
    public String toString() {
        return String.format("%016x", digest);
    }
}
