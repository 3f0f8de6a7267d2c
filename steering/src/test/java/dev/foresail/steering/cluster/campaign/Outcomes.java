package dev.foresail.steering.cluster.campaign;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.simulate.DecisionCounts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Outcomes of seeds that nobody has played. */
final class Outcomes {
    private Outcomes() {}

    static SeedOutcome of(long seed) {
        return new SeedOutcome(
                seed,
                1,
                1.0,
                "0",
                new TreeMap<>(),
                new TreeMap<>(),
                new DecisionCounts(0, 0, 0),
                List.of(),
                List.of(),
                true,
                Optional.empty());
    }

    static SeedPlayer player() {
        return new SeedPlayer() {
            @Override
            public SeedOutcome play(long seed) {
                return of(seed);
            }

            @Override
            public void close() {}
        };
    }
}
