package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.BadPath;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceFile;
import dev.foresail.predictor.trace.TraceStep;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of what peers tell, before anything of it is gone along. */
final class AdvicesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final long UNTIL = TimeUnit.SECONDS.toNanos(30);

    private final List<String> heard = new ArrayList<>();
    private final Experience experience = Experience.none();
    private final Advices advices = new Advices(new Written());

    /** Writes down what it hears. */
    private final class Written implements Intervention.Listener {
        @Override
        public void intervened(Intervention intervention) {
            throw new AssertionError("advice intervenes in nothing");
        }

        @Override
        public void advised(NodeId peer) {
            heard.add(peer + " advises");
        }

        @Override
        public void adviceRefused(NodeId peer, String reason) {
            heard.add(peer + " " + reason);
        }

        @Override
        public void adviceLimited(NodeId peer) {
            heard.add(peer + " too often");
        }
    }

    /** A path of one timer, named so. */
    static Trace path(String timer) {
        return of(List.of(timer(timer)), false);
    }

    private static TraceStep.Happening timer(String name) {
        return new TraceStep.Happening(
                TraceStep.Kind.TIMER, ONE, Optional.empty(), name, Optional.empty(), Optional.empty(), List.of());
    }

    private static Trace of(List<TraceStep.Happening> happenings, boolean isLiveness) {
        Trace.Origin origin = new Trace.Origin("gates", "a running node", Collections.emptySortedMap());
        List<TraceStep> steps = new ArrayList<>();
        happenings.forEach(
                each -> steps.add(new TraceStep(steps.size() + 1, each, List.of(), List.of(), List.of(), List.of())));
        return new Trace(new Trace.Header(origin, Optional.empty(), 1, "atMostOneIsOpen", isLiveness, 0, ""), steps);
    }

    private static String text(Trace trace) throws IOException {
        StringWriter text = new StringWriter();
        TraceFile.write(trace, text);
        return text.toString();
    }

    private boolean takes(NodeId from, String text, long nowNanos) {
        return advices.take(from, text, experience, nowNanos, nowNanos + UNTIL);
    }

    private int hints() {
        return advices.hints(0).size();
    }

    @Test
    void whatAPeerTellsIsLookedAtOnceHoweverOftenItIsTold() throws IOException {
        assertTrue(takes(TWO, text(path("turn")), 0));
        assertFalse(takes(TWO, text(path("turn")), 0));
        assertEquals(1, hints());
        assertEquals(Optional.of(TWO), advices.hints(0).get(0).advisor());
        assertFalse(advices.hints(0).get(0).isConfirmed());
    }

    @Test
    void aHintIsForgottenAfterItsTime() throws IOException {
        takes(TWO, text(path("turn")), 0);
        assertEquals(1, advices.hints(UNTIL - 1).size());
        assertEquals(0, advices.hints(UNTIL).size());
    }

    @Test
    void whatTheNodeHasFoundItselfNeedsNoHint() throws IOException {
        experience.learn(new Danger(path("turn"), List.of(), Danger.NOWHERE, false, Optional.empty()));
        assertFalse(takes(TWO, text(path("turn")), 0));
        assertEquals(0, hints());
    }

    @Test
    void aPeerMayAdviseSoOftenInAMinuteAndTheOthersToo() throws IOException {
        for (int count = 0; count < Advices.TAKEN_PER_MINUTE + 3; count++) {
            takes(TWO, text(path("turn" + count)), 0);
        }
        assertEquals(3, Collections.frequency(heard, "n2 too often"));
        assertTrue(takes(ONE, text(path("other")), 0));
        assertTrue(takes(TWO, text(path("later")), TimeUnit.SECONDS.toNanos(5)), "one more every five seconds");
        assertFalse(takes(TWO, text(path("too soon")), TimeUnit.SECONDS.toNanos(6)));
    }

    @Test
    void whatIsTooLongOrNoPathIsRefused() throws IOException {
        assertFalse(takes(TWO, text(path("t".repeat(Advices.LONGEST))), 0));
        assertFalse(takes(TWO, "a rumour", 0));
        assertFalse(takes(TWO, "", 0));
        String whole = text(path("turn"));
        assertFalse(takes(TWO, whole.substring(0, whole.length() - 5), 0));
        assertFalse(takes(TWO, text(of(List.of(), true)), 0));
        assertFalse(takes(TWO, text(of(Collections.nCopies(Advices.MOST_STEPS + 1, timer("turn")), false)), 0));
        assertEquals(6, heard.size());
        assertTrue(heard.get(0).contains("characters, and is to have at most " + Advices.LONGEST), heard::toString);
        assertTrue(heard.get(1).startsWith("n2 [FS250]"), heard::toString);
        assertTrue(heard.get(2).startsWith("n2 [FS25"), heard::toString);
        assertTrue(heard.get(3).startsWith("n2 [FS252]"), heard::toString);
        assertTrue(heard.get(4).contains("is a liveness property"), heard::toString);
        assertTrue(heard.get(5).contains("33 steps, and is to have at most 32"), heard::toString);
        assertEquals(0, hints());
    }

    @Test
    void whoTellsALotHasItsOwnOldestHintsPushedOutAndNobodyElses() throws IOException {
        takes(ONE, text(path("of one")), 0);
        for (int count = 0; count < Hints.MOST_OF_PEER + 5; count++) {
            takes(TWO, text(path("of two" + count)), 0);
        }
        assertEquals(1 + Hints.MOST_OF_PEER, hints());
        assertEquals(path("of one"), advices.hints(0).get(0).trace());
    }

    @Test
    void howeverManyPeersTellThereAreSoManyHints() throws IOException {
        for (int count = 0; count < Hints.MOST + 5; count++) {
            takes(NodeId.of(100 + count), text(path("turn" + count)), 0);
        }
        assertEquals(Hints.MOST, hints());
        assertEquals(path("turn5"), advices.hints(0).get(0).trace());
    }

    @Test
    void noAdviceTakesThePlaceOfWhatTheNodeHasFound() {
        List<List<Trace>> kept = new ArrayList<>();
        Experience full = new Experience(List.of(), kept::add);
        for (int count = 0; count < Experience.MOST_FOUND; count++) {
            full.learn(new Danger(path("own" + count), List.of(), Danger.NOWHERE, false, Optional.empty()));
        }
        for (int count = 0; count < 100; count++) {
            Trace told = path("told" + count);
            assertTrue(full.learn(
                    new Danger(told, List.of(), Danger.NOWHERE, false, Optional.of(BadPath.hint(told, TWO)))));
        }
        List<Trace> last = kept.get(kept.size() - 1);
        assertEquals(Experience.MOST_FOUND + Experience.MOST_CONFIRMED, last.size());
        assertEquals(
                Experience.MOST_FOUND,
                full.known().stream().filter(path -> path.advisor().isEmpty()).count());
        assertTrue(full.known().stream().allMatch(BadPath::isConfirmed));
        Experience restarted = new Experience(last, kept::add);
        assertTrue(restarted.knows(PathKey.of(path("own0"))), "nor after a restart");
    }

    @Test
    void whatTheNodeComesToFindItselfIsItsOwn() {
        Trace path = path("turn");
        experience.learn(new Danger(path, List.of(), Danger.NOWHERE, false, Optional.of(BadPath.hint(path, TWO))));
        assertEquals(Optional.of(TWO), experience.known().get(0).advisor());
        assertFalse(experience.learn(new Danger(path, List.of(), Danger.NOWHERE, false, Optional.empty())));
        assertEquals(List.of(BadPath.met(path)), experience.known());
    }

    @Test
    void whateverIsToldNothingIsThrown() throws IOException {
        String right = text(path("turn"));
        String letters = "{}[]\":,\\-0123456789eE.ntu \n\u0000\u00e9";
        Random random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder wrong = new StringBuilder(right);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int place = random.nextInt(wrong.length());
                String letter = letters.charAt(random.nextInt(letters.length())) + "";
                wrong.replace(place, place + random.nextInt(3), letter.repeat(1 + random.nextInt(30)));
            }
            takes(NodeId.of(round), wrong.toString(), 0);
        }
        assertEquals(5_000, heard.size());
        assertTrue(heard.stream().anyMatch(each -> each.endsWith("advises")), "some do no harm");
        assertTrue(heard.stream().filter(each -> each.contains("[FS25")).count() > 2_500);
    }
}
