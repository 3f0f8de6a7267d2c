package dev.foresail.eval.rollout;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.LaterChoices;
import dev.foresail.predictor.lookahead.RollOut;
import dev.foresail.predictor.lookahead.RollOuts;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * Plays one roll-out after the other for some time: the situations in turn, of each the alternatives in turn, and every roll-out
 * with a seed that none has had before. Nothing is learnt from one for the next. Not thread-safe.
 */
final class Roller<S> implements Callable<Roller.Turn> {
    private final List<Situation<S>> situations;
    private final List<RollOuts<S>> rollOuts = new ArrayList<>();
    private final LongSupplier clock;
    private final long nanos;
    private long seed;

    /**
     * @param nanos how long
     * @param firstSeed further rollers' are to be far away
     */
    Roller(
            Machine<S> machine,
            Objective objective,
            List<Situation<S>> situations,
            LongSupplier clock,
            long nanos,
            long firstSeed) {
        this.situations = situations;
        this.clock = clock;
        this.nanos = nanos;
        this.seed = firstSeed;
        BoundObjective<S> bound = new BoundObjective<>(machine, objective);
        situations.forEach(
                situation -> rollOuts.add(new RollOuts<>(machine, bound, situation.delays(), LaterChoices.none())));
    }

    /**
     * What was done in one turn.
     *
     * @param events of each roll-out
     */
    record Turn(List<Double> events, double seconds) {
        double perSecond() {
            return events.size() / seconds;
        }

        double eventsPerSecond() {
            return events.stream().mapToDouble(Double::doubleValue).sum() / seconds;
        }
    }

    @Override
    public Turn call() {
        List<Double> events = new ArrayList<>();
        long startNanos = clock.getAsLong();
        long tookNanos = 0;
        while (tookNanos < nanos) {
            int which = (int) Math.floorMod(seed, (long) situations.size());
            Situation<S> situation = situations.get(which);
            int alternative = (int) Math.floorMod(
                    seed / situations.size(), (long) situation.alternatives().size());
            RollOut rolled = rollOuts.get(which)
                    .play(
                            situation.snapshot(),
                            situation.event(),
                            situation.alternatives().get(alternative),
                            seed,
                            0);
            seed++;
            events.add((double) rolled.events());
            tookNanos = clock.getAsLong() - startNanos;
        }
        return new Turn(events, tookNanos / 1e9);
    }
}
