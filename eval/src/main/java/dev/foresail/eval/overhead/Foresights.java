package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.eval.provoke.LiveProvocation;
import dev.foresail.eval.provoke.Provocations;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.LookAhead;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes from a snapshot that shows a violation to the event filter against it, of live nodes: 31 nodes of RandTree
 * with RT-1, led into it. All nodes share one thread that looks ahead, so that the time has the wait for it. Once only; not
 * thread-safe.
 */
final class Foresights {
    private static final int NODES = 31;
    private static final int HEAD = 1;

    private final int plays;
    private final long seed;
    private final Interruption interruption;
    private final Progress progress;

    Foresights(int plays, long seed, Interruption interruption, Progress progress) {
        this.plays = plays;
        this.seed = seed;
        this.interruption = interruption;
        this.progress = progress;
    }

    /** The rounds that have found a violation which the node could leave. */
    List<LookAhead> measure() {
        List<LookAhead> rounds = Collections.synchronizedList(new ArrayList<>());
        LiveObserver<MaceRandTree> observer = new LiveObserver<>() {
            @Override
            public void lookedAhead(NodeId node, LookAhead round) {
                if (round.foreseen() > round.unhelpful()) {
                    rounds.add(round);
                }
            }
        };
        for (int play = 0; play < plays && !interruption.isRequested(); play++) {
            progress.update(play, plays);
            new LiveProvocation<>(Provocations.silentRejoin(HEAD), NODES, false)
                    .play(configuration -> configuration.with(SteeringMode.STEER), observer, seed + play);
        }
        return List.copyOf(rounds);
    }

    /** The median in milliseconds, not a number without any. */
    static double medianMillis(List<LookAhead> rounds) {
        return rounds.isEmpty() ? Double.NaN : distribution(rounds).percentile(0.5);
    }

    static Map<String, Object> results(List<LookAhead> rounds) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("rounds", rounds.size());
        if (!rounds.isEmpty()) {
            results.put("medianMillis", medianMillis(rounds));
            results.put("p99Millis", distribution(rounds).percentile(0.99));
        }
        return results;
    }

    private static Distribution distribution(List<LookAhead> rounds) {
        return Distribution.of(
                rounds.stream().map(round -> round.tookNanos() / 1e6).toList());
    }
}
