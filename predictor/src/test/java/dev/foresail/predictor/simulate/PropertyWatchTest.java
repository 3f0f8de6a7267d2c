package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Relay;
import dev.foresail.predictor.fixture.RelayMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Batons are passed between three nodes. */
class PropertyWatchTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private static Simulation<Relay> system(int most) {
        return Simulations.of(
                new RelayMachine(), List.of(most), 3, 1, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    }

    private static void play(Simulation<Relay> stage) {
        schedule(stage);
        stage.runUntil(Duration.ofSeconds(5));
    }

    private static void schedule(Simulation<Relay> stage) {
        stage.nodes().forEach(stage::start);
        stage.at(Duration.ofMillis(500), () -> stage.call(ONE, "pass", List.of(List.of(TWO, ONE, TWO))));
        // From then on two have a baton, until one of them lays it down.
        stage.at(Duration.ofSeconds(1), () -> stage.call(ONE, "pass", List.of(List.of(THREE))));
        stage.at(Duration.ofSeconds(2), () -> stage.call(THREE, "lay", List.of()));
        stage.at(Duration.ofSeconds(3), () -> stage.call(TWO, "pass", List.of(List.of(ONE, TWO, ONE, TWO))));
    }

    private static PropertyWatch<Relay> watched(Simulation<Relay> stage, long everyEvents) {
        PropertyWatch<Relay> watch = new PropertyWatch<>(stage, everyEvents);
        stage.onHandled(watch);
        play(stage);
        return watch;
    }

    @Test
    void theFirstEventAfterWhichAPropertyDoesNotHoldIsTold() {
        PropertyWatch<Relay> watch = watched(system(2), 1);
        assertEquals(
                List.of("oneHoldsIt", "heldSeldom"),
                watch.violations().stream()
                        .map(PropertyWatch.Violation::property)
                        .toList());
        PropertyWatch.Violation both = watch.violations().get(0);
        assertEquals(THREE, both.node());
        assertEquals("n3 receives " + new Relay.Baton(List.of()) + " from n1", both.happening());
        assertEquals(1.02, both.seconds(), 0.02);
        assertEquals(TWO, watch.violations().get(1).node(), "who was handed the baton for the third time");
    }

    @Test
    void whatHoldsIsNotTold() {
        Simulation<Relay> stage = system(9);
        PropertyWatch<Relay> watch = new PropertyWatch<>(stage, 1);
        stage.onHandled(watch);
        stage.nodes().forEach(stage::start);
        stage.call(ONE, "pass", List.of(List.of(TWO, THREE, ONE, TWO, THREE)));
        stage.runUntil(Duration.ofSeconds(5));
        assertEquals(List.of(), watch.violations());
    }

    /** Batons that are held by two between two looks are not seen; what one node does is. */
    @Test
    void theWholeSystemIsLookedAtAsOftenAsIsSaid() {
        PropertyWatch<Relay> watch = watched(system(2), 1_000);
        assertEquals(
                List.of("heldSeldom"),
                watch.violations().stream()
                        .map(PropertyWatch.Violation::property)
                        .toList());
        assertEquals(1, PropertyWatch.defaultEveryEvents(31));
        assertEquals(1_000_000, PropertyWatch.defaultEveryEvents(1_000_000));
        assertThrows(IllegalArgumentException.class, () -> new PropertyWatch<>(system(2), 0));
    }

    @Test
    void watchingChangesNothing() {
        Simulation<Relay> alone = system(2);
        play(alone);
        Simulation<Relay> stage = system(2);
        watched(stage, 1);
        assertEquals(alone.digest(), stage.digest());
        assertEquals(alone.events(), stage.events());
    }

    @Test
    void aSecondRunTellsTheMessagesThatLedThereAndWhatTheLastOneChanged() {
        PropertyWatch.Violation violation = watched(system(2), 1).violations().get(1);
        Simulation<Relay> again = system(2);
        Retelling<Relay> retelling = new Retelling<>(again, violation.node(), violation.number());
        schedule(again);
        Retelling.Story story = retelling.tell(() -> false).orElseThrow();
        assertEquals(
                List.of(TWO, ONE, TWO),
                story.chain().stream().map(Retelling.Step::node).toList());
        assertEquals(Event.Call.class, story.chain().get(0).event().getClass());
        assertEquals(
                violation.number(), story.chain().get(story.chain().size() - 1).number());
        assertEquals(List.of(new LoggedStep.Change("held", "2", "3")), story.changes());
    }

    /** Three wakes up, and takes what had come in the same moment; each of both events has its own story. */
    @Test
    void whatWasDeferredHasItsCauseAndItsOwnChanges() {
        List<Retelling.Step> handled = new ArrayList<>();
        Simulation<Relay> first = system(9);
        first.onHandled(
                (node, event) -> handled.add(new Retelling.Step(first.events(), 0, node, event, Optional.empty())));
        sleepOver(first);
        first.runUntil(Duration.ofSeconds(5));
        long wakes = handled.stream()
                .filter(step ->
                        step.event() instanceof Event.Call call && call.name().equals("wake"))
                .findFirst()
                .orElseThrow()
                .number();
        assertEquals(
                List.of(new LoggedStep.Change("asleep", "true", "false")),
                story(wakes).changes());
        Retelling.Story taken = story(wakes + 1);
        assertEquals(
                List.of(ONE, TWO, THREE),
                taken.chain().stream().map(Retelling.Step::node).toList());
        assertTrue(taken.changes().contains(new LoggedStep.Change("held", "0", "1")), taken::toString);
    }

    private static Retelling.Story story(long number) {
        Simulation<Relay> again = system(9);
        Retelling<Relay> retelling = new Retelling<>(again, THREE, number);
        sleepOver(again);
        return retelling.tell(() -> false).orElseThrow();
    }

    private static void sleepOver(Simulation<Relay> stage) {
        stage.nodes().forEach(stage::start);
        stage.call(THREE, "sleep", List.of());
        stage.at(Duration.ofMillis(500), () -> stage.call(ONE, "pass", List.of(List.of(TWO, THREE))));
        stage.at(Duration.ofSeconds(2), () -> stage.call(THREE, "wake", List.of()));
    }

    @Test
    void whatStopsAWatchEndsTheRunThoughNothingElseHappens() {
        Simulation<Relay> stage = system(2);
        stage.stop(new IllegalStateException("cannot be asked"));
        assertThrows(IllegalStateException.class, () -> stage.runUntil(Duration.ofSeconds(1)));
    }

    @Test
    void aSecondRunCanBeGivenUp() {
        Simulation<Relay> again = system(2);
        Retelling<Relay> retelling = new Retelling<>(again, TWO, 5);
        schedule(again);
        assertEquals(Optional.empty(), retelling.tell(() -> true));
    }

    @Test
    void aRunThatNeverComesToTheEventHasNoStory() {
        Simulation<Relay> other = system(2);
        Retelling<Relay> retelling = new Retelling<>(other, TWO, 1_000);
        schedule(other);
        assertEquals(Optional.empty(), retelling.tell(() -> false));
    }
}
