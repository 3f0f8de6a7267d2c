package dev.foresail.predictor.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Wardrobe;
import dev.foresail.predictor.fixture.WardrobeMachine;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goals over a property that throws, and over an aggregate that cannot be put in order. */
class WhatCannotBeToldTest {
    private static final WardrobeMachine MACHINE = new WardrobeMachine();
    private static final Duration HORIZON = Duration.ofSeconds(10);

    private static PictureView<Wardrobe> view(boolean moths) {
        return new PictureView<>(
                MACHINE, new TreeMap<>(Map.of(NodeId.of(1), new Picture<>(Wardrobe.of(moths), Map.of(), 0))), false);
    }

    /** The moths come in the middle of the future. */
    private static double cost(Formula formula, boolean moths) {
        BoundObjective<Wardrobe> bound = new BoundObjective<>(MACHINE, new Objective(List.of(formula), HORIZON));
        Recording<Wardrobe> recording = bound.begin(new double[0]);
        while (recording.nextNanos() < Long.MAX_VALUE) {
            recording.sample(view(moths && recording.nextNanos() > HORIZON.toNanos() / 2));
        }
        return bound.costs(List.of(recording.end(view(moths), 0)))[1];
    }

    @ParameterizedTest
    @CsvSource({
        "MINIMIZE,downtime(everybodyHasACoat)",
        "MINIMIZE,outage(everybodyHasACoat)",
        "SUBJECT_TO,live(everybodyHasACoat) within 3s",
    })
    void howLongAPropertyIsViolatedIsUnknownWhereItThrows(Wanted wanted, String text) {
        Formula formula = Formula.parse(wanted, text);
        assertEquals(0, cost(formula, false));
        assertEquals(Double.NaN, cost(formula, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "min", "max", "p95"})
    void anAggregateThatCannotBePutInOrderIsRefusedAndNotAdvised(String function) {
        List<Mistake> mistakes = BoundObjective.mistakes(
                MACHINE,
                Formula.parse(Wanted.MINIMIZE, "1 + " + function + "(coats)"),
                new Objective(List.of(), HORIZON));
        assertEquals(1, mistakes.size(), mistakes::toString);
        assertEquals("FS456", mistakes.get(0).code());
        assertTrue(mistakes.get(0).text().contains("no numbers, durations or histograms"), mistakes::toString);
    }
}
