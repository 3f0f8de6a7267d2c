package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Batches;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Transition;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Messages that are equal to Java and not the same: only their bytes say which one a path takes. */
final class EqualMessagesTest {
    private static final Trace.Origin ORIGIN = new Trace.Origin("batches", "batches", new TreeMap<>());

    private final SystemModel<Batches> model = Batches.model();

    private ReferenceWorld<Batches> initial() {
        return ReferenceWorld.initial(model).get(0);
    }

    @Test
    void whatAnActionTakesIsWhatItWasToldToTake() {
        Deque<ReferenceWorld<Batches>> waiting = new ArrayDeque<>(List.of(initial()));
        Set<Long> seen = new HashSet<>();
        int equal = 0;
        while (!waiting.isEmpty()) {
            ReferenceWorld<Batches> world = waiting.remove();
            List<Transition<Batches>> transitions = world.transitions();
            Set<Action> actions = new HashSet<>();
            for (Transition<Batches> transition : transitions) {
                equal += actions.add(transition.action()) ? 0 : 1;
                ReferenceWorld<Batches> after = transition.taken().world();
                assertEquals(
                        after.fingerprint(),
                        world.take(transition.action()).world().fingerprint());
                if (seen.add(after.fingerprint())) {
                    waiting.add(after);
                }
            }
        }
        assertTrue(equal > 0, "there are equal actions in one world");
    }

    /** Both batches in flight, then the larger one first. */
    private Violation backwardsFirst() {
        ReferenceWorld<Batches> world = initial();
        List<Action> path = new ArrayList<>();
        for (String next : List.of("forwards", "backwards", "[2, 1]", "[1, 2]")) {
            Transition<Batches> transition = world.transitions().stream()
                    .filter(each -> each.action() instanceof Action.Handle
                            && each.action().toString().contains(next))
                    .findFirst()
                    .orElseThrow();
            path.add(transition.action());
            world = transition.taken().world();
        }
        return new Violation("forwardsComesFirst", false, 0, path, "");
    }

    @Test
    void aReplayDeliversTheMessageThatTheTraceDescribes() {
        Trace trace = Replay.record(model, ORIGIN, backwardsFirst());
        Replay.Outcome<Batches> outcome =
                Replay.of(model, Paths.read(Paths.text(trace))).run();
        assertTrue(outcome.isViolated());
        assertEquals("[2, 1]", outcome.steps().get(2).changes().get(0).after());
        assertEquals(
                trace.steps(),
                Replay.record(model, ORIGIN, new CausalOrder<>(model).of(backwardsFirst()))
                        .steps());
    }

    @Test
    void bytesThatARecordRefusesAreNoMessage() {
        ReferenceWorld<Batches> world = initial();
        Action call = world.actions().stream()
                .filter(each -> each.toString().contains("ticket"))
                .findFirst()
                .orElseThrow();
        Action delivery = world.take(call).world().actions().stream()
                .filter(each -> each.toString().contains("Ticket[number=1]"))
                .findFirst()
                .orElseThrow();
        Violation path = new Violation("forwardsComesFirst", false, 0, List.of(call, delivery), "");
        String text = Paths.text(Replay.record(model, ORIGIN, path));
        assertTrue(text.contains("\"bytes\":\"0202\""), text);
        Trace edited = Paths.read(text.replace("\"bytes\":\"0202\"", "\"bytes\":\"0200\""));

        TraceException refused = assertThrows(TraceException.class, () -> Replay.of(model, edited));

        assertEquals("FS257", refused.code());
        assertTrue(refused.getMessage().contains("no ticket has the number 0"), refused.getMessage());
    }
}
