package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.reference.RandomModels;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The explorer finds just what a search that clones whole worlds finds, in random models. */
final class ExplorerAgainstReferenceTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);
    private static final SearchSettings WHOLE = SearchSettings.DEFAULT.beyondViolations();

    @Test
    void everyWorldAndTransitionIsTheSame() {
        Property.check(11, 40, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            SearchReport expected = new NaiveExplorer(RESOURCES, false).search(model, WHOLE.withMaxDepth(8));
            SearchReport found = new Explorer<>(model, RESOURCES).search(WHOLE.withMaxDepth(8));
            assertSameSearch(expected, found);
            assertTrue(
                    expected.handlerRuns() < 500 || found.handlerRuns() < expected.handlerRuns(),
                    () -> found.handlerRuns() + " handler runs, without memory " + expected.handlerRuns());
        });
    }

    /** Traces name an initial world by its number. */
    @Test
    void initialWorldsAreTheSameInTheSameOrder() {
        Property.check(14, 300, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            ReferenceWorld.Beginning<Automaton> expected = ReferenceWorld.beginning(model);
            WorldSpace space = new WorldSpace(model);
            Beginnings beginnings = space.beginnings();
            List<Beginnings.World> worlds = beginnings.worlds();
            for (Beginnings.World world : worlds) {
                ReferenceWorld<Automaton> same = expected.worlds().get(world.number());
                LocalState[] locals = space.locals(world.row(), 0);
                for (int slot = 0; slot < locals.length; slot++) {
                    assertEquals(bytes(model, same.state(NodeId.of(slot + 1L))), bytes(model, (Automaton)
                            locals[slot].state));
                    assertEquals(
                            same.inFlightTo(NodeId.of(slot + 1L)).size(),
                            space.cell(slot, world.row()[slot]).pending.messages().length);
                }
            }
            assertEquals(
                    expected.worlds().stream()
                            .filter(ReferenceWorld::isWithinConstraints)
                            .count(),
                    worlds.size());
            assertEquals(
                    expected.thrown().map(Object::toString), beginnings.thrown().map(Object::toString));
        });
    }

    private static List<Byte> bytes(SystemModel<Automaton> model, Automaton state) {
        StateWriter out = new StateWriter();
        model.machine().write(state, out);
        List<Byte> bytes = new ArrayList<>();
        for (byte each : out.toByteArray()) {
            bytes.add(each);
        }
        return bytes;
    }

    @Test
    void consequencePredictionIsTheSame() {
        Property.check(12, 40, choices -> {
            SystemModel<Automaton> model = RandomModels.draw(choices);
            SearchSettings settings =
                    WHOLE.withKind(SearchKind.CONSEQUENCE).withMaxDepth(10).withExpansions(1 + choices.below(2));
            SearchReport expected = new NaiveExplorer(RESOURCES, false).search(model, settings);
            assertSameSearch(expected, new Explorer<>(model, RESOURCES).search(settings));
        });
    }

    @Test
    void anyNumberOfWorkersAndBothWidthsOfFingerprintsGiveTheSameReport() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            SearchResources resources = SearchResources.of(pool);
            Property.check(13, 40, choices -> {
                SystemModel<Automaton> model = RandomModels.draw(choices);
                SearchSettings settings = WHOLE.withMaxDepth(8);
                SearchReport one = new Explorer<>(model, resources).search(settings);
                SearchReport three = new Explorer<>(model, resources).search(settings.withWorkers(3));
                SearchReport wide = new Explorer<>(model, resources)
                        .search(settings.withWorkers(2).withWideFingerprints());
                assertSameSearch(one, three);
                assertSameSearch(one, wide);
                assertEquals(one.violations(), three.violations());
                assertEquals(one.handlerRuns(), three.handlerRuns());
                assertEquals(one.violations(), wide.violations());
            });
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertSameSearch(SearchReport expected, SearchReport found) {
        assertEquals(expected.worldsByDepth(), found.worldsByDepth());
        assertEquals(expected.transitions(), found.transitions());
        assertEquals(expected.ended(), found.ended());
        assertEquals(depths(expected.violations()), depths(found.violations()));
    }

    private static Map<String, Integer> depths(List<Violation> violations) {
        Map<String, Integer> depths = new TreeMap<>();
        violations.forEach(violation -> depths.put(violation.property(), violation.depth()));
        return depths;
    }
}
