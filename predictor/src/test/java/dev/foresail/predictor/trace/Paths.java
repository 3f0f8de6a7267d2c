package dev.foresail.predictor.trace;

import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.search.Violation;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Paths of depots to try traces with. */
final class Paths {
    static final Trace.Origin ORIGIN = new Trace.Origin("depot", "depot", new TreeMap<>());
    static final String OVERLOADED = "noDepotIsOverloaded";

    private Paths() {}

    static SystemModel<Depot> depots() {
        return Depot.model(2, Network.ORDERED);
    }

    /** A random path of at most so many steps, which ends early when a handler throws or nothing is possible. */
    static List<Action> random(SystemModel<Depot> model, Choices choices, int steps) {
        ReferenceWorld<Depot> world = ReferenceWorld.initial(model).get(0);
        List<Action> path = new ArrayList<>();
        boolean hasThrown = false;
        while (path.size() < steps && !hasThrown && !world.actions().isEmpty()) {
            Action action = choices.oneOf(world.actions());
            ReferenceWorld.Taken<Depot> taken = world.take(action);
            path.add(action);
            hasThrown = taken.thrown().isPresent();
            world = taken.world();
        }
        return path;
    }

    /** The first action of every world whose text matches, one after the other. */
    static List<Action> told(SystemModel<Depot> model, String... happenings) {
        Happenings<Depot> texts = new Happenings<>(model);
        ReferenceWorld<Depot> world = ReferenceWorld.initial(model).get(0);
        List<Action> path = new ArrayList<>();
        for (String happening : happenings) {
            ReferenceWorld<Depot> here = world;
            Predicate<Action> isMeant = action -> new StepRecorder<>(model)
                    .record(1, here, new ReferenceWorld.Transition<>(action, here.take(action)))
                    .happening()
                    .text()
                    .equals(happening);
            Action action = world.actions().stream()
                    .filter(isMeant)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(happening + " is not possible; possible are "
                            + here.actions().stream()
                                    .map(texts::of)
                                    .map(TraceStep.Happening::text)
                                    .toList()));
            path.add(action);
            world = world.take(action).world();
        }
        return path;
    }

    static Violation violation(String property, List<Action> path) {
        return new Violation(property, false, 0, path, "");
    }

    static ReferenceWorld<Depot> end(SystemModel<Depot> model, List<Action> path) {
        ReferenceWorld<Depot> world = ReferenceWorld.initial(model).get(0);
        for (Action action : path) {
            world = world.take(action).world();
        }
        return world;
    }

    static String text(Trace trace) {
        StringWriter out = new StringWriter();
        try {
            TraceFile.write(trace, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    static Trace read(String text) {
        try {
            return TraceFile.read(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
