package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetsTest {
    @Test
    void aCrashTakesOneOfBothKindsAndARestartGivesBackAPlaceToBeDown() {
        Budgets budgets = new Budgets();
        Budget first = budgets.initial(Failures.NONE.withCrashes(2).withMostDown(1));
        Budget down = budgets.after(first, Move.Kind.CRASH).orElseThrow();
        assertEquals(1, down.left().get(Failures.Kind.CRASH));
        assertEquals(Optional.empty(), budgets.after(down, Move.Kind.CRASH), "one at a time");
        Budget again = budgets.after(down, Move.Kind.RESTART).orElseThrow();
        Budget last = budgets.after(again, Move.Kind.CRASH).orElseThrow();
        assertEquals(0, last.left().get(Failures.Kind.CRASH));
        Budget none = budgets.after(last, Move.Kind.RESTART).orElseThrow();
        assertEquals(Optional.empty(), budgets.after(none, Move.Kind.CRASH));
        assertSame(none, budgets.get(none.id()));
    }

    @Test
    void whatIsUnlimitedStaysSo() {
        Budgets budgets = new Budgets();
        Budget first =
                budgets.initial(Failures.NONE.withCrashes(Failures.UNLIMITED).withLosses(1));
        assertSame(first, budgets.after(first, Move.Kind.CRASH).orElseThrow());
        assertSame(first, budgets.after(first, Move.Kind.RESTART).orElseThrow());
        Budget lost = budgets.after(first, Move.Kind.LOSS).orElseThrow();
        assertEquals(Optional.empty(), budgets.after(lost, Move.Kind.LOSS));
        assertEquals(Optional.empty(), budgets.after(first, Move.Kind.BREAK));
        assertEquals(Optional.empty(), budgets.after(first, Move.Kind.SILENT_RESET));
        assertSame(first, budgets.after(first, Move.Kind.DELIVERY).orElseThrow());
    }

    @Test
    void whereNobodyMayBeDownNobodyCrashesHoweverManyCrashesThereMayBe() {
        SystemModel<?> model = SystemModel.of(new SwitchesMachine())
                .nodes(2)
                .offer(NodeId.of(1), "toggle")
                .failures(Failures.NONE.withCrashes(Failures.UNLIMITED).withMostDown(0))
                .build();
        assertEquals(
                2,
                new Explorer<>(model, SearchResources.of(Runnable::run))
                        .search(SearchSettings.DEFAULT)
                        .distinctWorlds());
    }
}
