package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Candidates go through partitions to arrivals. */
final class ArrivalsTest {
    private final WorldSpace space = new WorldSpace(TwoPhase.model(1));
    private final Rows level = new Rows(space.width(), new Rows.Pool(space.width()));

    private record Successor(long fingerprint, int parent, int step) {}

    @Test
    void theyComeInTheOrderInWhichOneWorkerWouldHaveMetThem() {
        Property.check(5, 60, choices -> {
            int worlds = 1 + choices.below(40);
            List<Successor> successors = new ArrayList<>();
            for (int world = 0; world < worlds; world++) {
                int count = choices.below(6);
                for (int move = 0; move < count; move++) {
                    long fingerprint = (long) choices.below(64) << 58 | 2 + choices.below(4);
                    successors.add(new Successor(fingerprint, world, Ancestry.step(move / 3, move)));
                }
            }
            List<Successor> expected = new ArrayList<>();
            Set<Long> known = new HashSet<>();
            successors.stream().filter(each -> known.add(each.fingerprint())).forEach(expected::add);
            assertEquals(origins(expected), origins(arrived(successors, worlds, 1 + choices.below(3))));
        });
    }

    private static List<String> origins(List<Successor> successors) {
        return successors.stream().map(each -> each.parent + "/" + each.step).toList();
    }

    /** Each worker finds those of an equal range of worlds. */
    private List<Successor> arrived(List<Successor> successors, int worlds, int workers) {
        List<Expander> expanders = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            Expander expander = new Expander(space, false, false, Optional.empty(), true);
            int from = worlds * worker / workers;
            int end = worlds * (worker + 1) / workers;
            successors.stream()
                    .filter(each -> each.parent >= from && each.parent < end)
                    .forEach(each -> expander.candidates().add(each.fingerprint, 0, each.parent, each.step));
            expanders.add(expander);
        }
        Partition[] partitions = new Partition[Candidates.PARTITIONS];
        for (int number = 0; number < partitions.length; number++) {
            partitions[number] = new Partition(space, false);
            partitions[number].take(number, expanders, level, 0);
        }
        Arrivals arrivals = new Arrivals();
        arrivals.collect(partitions, worlds);
        List<Successor> arrived = new ArrayList<>();
        for (int index = 0; index < arrivals.size(); index++) {
            arrived.add(new Successor(0, arrivals.parent(index), arrivals.step(index)));
        }
        return arrived;
    }
}
