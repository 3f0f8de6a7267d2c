package dev.foresail.predictor.guardrail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.fixture.Switches;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class QuestionFailedTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static String failure(Supplier<Object> question) {
        return assertThrows(
                        QuestionFailedException.class,
                        () -> GuardedRun.ask(() -> "the property p", () -> "n1 {on=true}", question))
                .getMessage();
    }

    private static SystemModel<Switches> model(
            Function<SystemModel.Builder<Switches>, SystemModel.Builder<Switches>> more) {
        return more.apply(SystemModel.of(new SwitchesMachine()).nodes(1).offer(ONE, "toggle"))
                .build();
    }

    @Test
    void whatItThrowsIsSaidAndOfWhichWorldItWasAsked() {
        String thrown = failure(() -> {
            throw new IllegalStateException("no root");
        });
        assertTrue(
                thrown.startsWith("[FS269] the property p fails: java.lang.IllegalStateException: no root at "),
                thrown);
        assertTrue(thrown.endsWith("; it was asked of n1 {on=true}"), thrown);
        String error = failure(() -> {
            throw new AssertionError("never so");
        });
        assertTrue(error.startsWith("[FS269] the property p fails: java.lang.AssertionError: never so at "), error);
        assertFalse(LoopGuard.underWay().containsKey(Thread.currentThread()), "nothing is under way any more");
    }

    @Test
    void oneThatDoesNotReturnIsStopped() {
        String stopped = failure(() -> {
            while (true) {
                LoopGuard.step();
            }
        });
        assertTrue(
                stopped.startsWith(
                        "[FS269] the property p does not return: it has made more than 10000000 steps and is" + " at "),
                stopped);
        String nested = failure(() -> deep(0));
        assertTrue(
                nested.startsWith("[FS269] the property p does not return: its calls are nested too deeply"), nested);
    }

    @SuppressWarnings("InfiniteRecursion") // that is what is stopped
    private static int deep(int depth) {
        return 1 + deep(depth + 1);
    }

    @Test
    void aWorldThatCannotBeToldIsNot() {
        QuestionFailedException failed = assertThrows(
                QuestionFailedException.class,
                () -> GuardedRun.ask(
                        () -> "the property p",
                        () -> {
                            throw new AssertionError("no words");
                        },
                        () -> Integer.parseInt("one")));
        assertFalse(failed.getMessage().contains("asked of"), failed.getMessage());
    }

    @Test
    void aNodeThatIsNotKnownIsNoMistake() {
        assertThrows(
                UnknownNodeException.class,
                () -> GuardedRun.ask(() -> "", () -> "", () -> {
                    throw new UnknownNodeException("n9 is not known");
                }));
        assertEquals(3, GuardedRun.ask(() -> "", () -> "", () -> 3));
    }

    @Test
    void bothEnginesNameAConstraintThatThrows() {
        SystemModel<Switches> model = model(builder -> builder.constraint(view -> true)
                .constraint(view -> 6 / (view.state(ONE).isOn() ? 0 : 1) > 0));
        for (Function<SearchSettings, SearchReport> engine : engines(model)) {
            String said = assertThrows(
                            QuestionFailedException.class, () -> engine.apply(SearchSettings.DEFAULT.withWorkers(1)))
                    .getMessage();
            assertTrue(
                    said.startsWith("[FS269] constraint 2 of switches's model fails: java.lang.ArithmeticException"),
                    said);
            assertTrue(said.endsWith("; it was asked of n1 {on=true}"), said);
        }
    }

    @Test
    void bothEnginesNameAHistoryThatThrows() {
        SystemModel<Switches> forgetful = model(builder -> builder.history(new Toggles(1), Map.of()));
        SystemModel<Switches> doubtful =
                model(builder -> builder.history(new Toggles(9), Map.of("few", toggles -> 6 / (2 - toggles) > 0)));
        for (Function<SearchSettings, SearchReport> engine : engines(forgetful)) {
            String said = assertThrows(
                            QuestionFailedException.class, () -> engine.apply(SearchSettings.DEFAULT.withWorkers(1)))
                    .getMessage();
            assertTrue(said.contains("the history " + Toggles.class.getName() + " fails: "), said);
            assertTrue(said.contains("too many"), said);
        }
        for (Function<SearchSettings, SearchReport> engine : engines(doubtful)) {
            String said = assertThrows(
                            QuestionFailedException.class, () -> engine.apply(SearchSettings.DEFAULT.withWorkers(1)))
                    .getMessage();
            assertTrue(said.startsWith("[FS269] the property few fails: java.lang.ArithmeticException"), said);
            assertTrue(said.endsWith("; it was asked of 2"), said);
        }
    }

    /** Counts actions; refuses to count further than it can. */
    private record Toggles(int most) implements History<Integer> {
        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer after(Integer before, Action action, List<Step.Send> sends) {
            if (before == most) {
                throw new IllegalStateException("too many");
            }
            return before + 1;
        }

        @Override
        public void write(Integer toggles, StateWriter out) {
            out.writeInt(toggles);
        }
    }

    private static Iterable<Function<SearchSettings, SearchReport>> engines(SystemModel<Switches> model) {
        return List.of(
                settings -> new Explorer<>(model, RESOURCES).search(settings),
                settings -> new NaiveExplorer(RESOURCES, true).search(model, settings));
    }
}
