package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.AutomatonMachine;
import dev.foresail.predictor.fixture.Parcels;
import dev.foresail.predictor.fixture.ParcelsMachine;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BeginningsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    /** Each of two offices begins in one of two ways; the third description says the same as the first. */
    private static SystemModel.Builder<Parcels> offices() {
        return SystemModel.of(new ParcelsMachine())
                .node(ONE, Map.of("beginnings", 2))
                .node(TWO, Map.of("beginnings", 2))
                .initially(world -> world.call(ONE, "open"))
                .initially(world -> {})
                .initially(world -> world.call(ONE, "open"));
    }

    private static List<String> logs(WorldSpace space) {
        return space.beginnings().worlds().stream()
                .map(world -> {
                    LocalState[] locals = space.locals(world.row(), 0);
                    Parcels one = (Parcels) locals[0].state;
                    Parcels two = (Parcels) locals[1].state;
                    return world.number() + one.log().get(0) + two.log().get(0) + one.isOpen();
                })
                .toList();
    }

    @Test
    void choicesAtTheStartGiveSeveralWorldsEachOnceInTheirOrder() {
        assertEquals(
                List.of(
                        "0start0start0true",
                        "1start0start1true",
                        "2start1start0true",
                        "3start1start1true",
                        "4start0start0false",
                        "5start0start1false",
                        "6start1start0false",
                        "7start1start1false"),
                logs(new WorldSpace(offices().build())));
    }

    /** Traces name an initial world by its place among all. */
    @Test
    void worldsOutsideTheConstraintsAreLeftOutAndTheOthersKeepTheirNumbers() {
        SystemModel<Parcels> model = offices()
                .constraint(system -> system.state(TWO).log().contains("start1"))
                .build();
        assertEquals(
                List.of("1start0start1true", "3start1start1true", "5start0start1false", "7start1start1false"),
                logs(new WorldSpace(model)));
        List<ReferenceWorld<Parcels>> worlds = ReferenceWorld.initial(model);
        assertEquals(List.of("start0"), worlds.get(5).state(ONE).log());
        assertEquals(List.of("start1"), worlds.get(5).state(TWO).log());
    }

    @Test
    void whereNothingIsWithinTheConstraintsThereIsNothingToFind() {
        SystemModel<Parcels> model = offices().constraint(system -> false).build();
        for (SearchKind kind : SearchKind.values()) {
            SearchReport report = new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT.withKind(kind));
            assertEquals(0, report.distinctWorlds());
            assertEquals(List.of(), report.violations());
            assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        }
    }

    @Test
    void aStartThatThrowsIsAViolationWithoutAnyAction() {
        SystemModel<?> model = SystemModel.of(new AutomatonMachine())
                .node(
                        ONE,
                        Map.of(
                                "table",
                                "!7....".repeat(3) + "......".repeat(30),
                                "nodes",
                                1,
                                "mostSends",
                                1,
                                "forbidden",
                                99))
                .build();
        for (SearchKind kind : SearchKind.values()) {
            SearchReport report = new Explorer<>(model, RESOURCES).search(SearchSettings.DEFAULT.withKind(kind));
            assertEquals(SearchReport.Ended.VIOLATION, report.ended());
            assertEquals(SearchReport.Outcome.VIOLATED, report.outcome());
            Violation violation = report.violations().get(0);
            assertEquals(SystemModel.HANDLER_THREW, violation.property());
            assertEquals(List.of(), violation.actions());
            assertTrue(violation.detail().contains("failure 7"), violation.detail());
        }
    }

    @Test
    void aSecondLookGivesTheSameRows() {
        WorldSpace space = new WorldSpace(offices().build());
        List<Beginnings.World> first = space.beginnings().worlds();
        List<Beginnings.World> second = space.beginnings().worlds();
        assertEquals(8, second.size());
        for (int world = 0; world < 8; world++) {
            assertArrayEquals(first.get(world).row(), second.get(world).row());
        }
    }
}
