package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Why there are so many worlds: which kinds of actions are possible in worlds that random walks come through, and how many
 * worlds there are at each depth.
 */
final class Growth {
    private static final int WALKS = 50;
    private static final int STEPS = 40;
    private static final int MOST_BEGINNINGS = 1000;

    private final Map<String, Long> enabled = new TreeMap<>();
    private long worlds;

    /**
     * One kind of action.
     *
     * @param perWorld how many of it are possible in a world, on average
     */
    record Kind(String kind, double perWorld) {}

    private Growth() {}

    /**
     * Walks at random; of each walk at most 40 steps, fewer where it ends or a handler throws.
     *
     * @param stopped whether there is no time left: then the worlds seen so far have to do
     */
    static <S> Growth of(SystemModel<S> model, long seed, BooleanSupplier stopped) {
        Growth growth = new Growth();
        SplittableRandom random = new SplittableRandom(seed);
        List<ReferenceWorld<S>> initial =
                ReferenceWorld.beginning(model, MOST_BEGINNINGS).worlds();
        for (int walk = 0; walk < WALKS && !initial.isEmpty() && !stopped.getAsBoolean(); walk++) {
            growth.walk(initial.get(random.nextInt(initial.size())), random, stopped);
        }
        return growth;
    }

    private <S> void walk(ReferenceWorld<S> from, SplittableRandom random, BooleanSupplier stopped) {
        ReferenceWorld<S> world = from;
        List<ReferenceWorld.Transition<S>> possible = world.transitions();
        for (int step = 0; step < STEPS && !possible.isEmpty() && !stopped.getAsBoolean(); step++) {
            count(possible);
            world = possible.get(random.nextInt(possible.size())).taken().world();
            possible = world.isWithinConstraints() ? world.transitions() : List.of();
        }
    }

    private <S> void count(List<ReferenceWorld.Transition<S>> possible) {
        worlds++;
        possible.forEach(transition -> enabled.merge(kind(transition.action()), 1L, Long::sum));
    }

    private static String kind(Action action) {
        if (action instanceof Action.Handle handle) {
            Event event = handle.event();
            if (event instanceof Event.Delivery delivery) {
                return "message " + delivery.message().getClass().getSimpleName();
            } else if (event instanceof Event.TimerFired timer) {
                return "timer " + timer.name();
            } else if (event instanceof Event.Call call) {
                return "call " + call.name();
            }
            return "connection error";
        }
        return "failure " + action.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The most frequent first. */
    List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        enabled.forEach((kind, count) -> kinds.add(new Kind(kind, count / (double) worlds)));
        kinds.sort(Comparator.comparingDouble(Kind::perWorld).reversed().thenComparing(Kind::kind));
        return kinds;
    }

    /** @param worldsByDepth what the search has counted */
    void print(Output output, List<Long> worldsByDepth) {
        Table depths = new Table("depth", "worlds", "times the depth before");
        for (int depth = 0; depth < worldsByDepth.size(); depth++) {
            double before = depth == 0 ? Double.NaN : worldsByDepth.get(depth - 1);
            depths.row(depth, worldsByDepth.get(depth), worldsByDepth.get(depth) / before);
        }
        output.prose("");
        output.table(depths);
        Table table = new Table("possible in a world", "on average");
        kinds().forEach(kind -> table.row(kind.kind(), kind.perWorld()));
        output.prose("");
        output.table(table);
    }
}
