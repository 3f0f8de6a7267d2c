package dev.foresail.eval.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.hostile.HostilePeer.Decoded;
import dev.foresail.eval.hostile.HostilePeer.Met;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.wire.WireCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the experiment would notice what it looks for. */
final class HostilePeerTest {
    private static List<Boolean> holds(Decoded decoded, Met met) {
        return HostilePeer.report(decoded, met, "again").bars().stream()
                .map(Bar::holds)
                .toList();
    }

    private static Decoded decoded(long crashes, long worst, String... touched) {
        return new Decoded(5, 5, crashes, worst, Set.of(touched));
    }

    private static Met met(long lost, long actions, long crashes, boolean seen) {
        return new Met(10, 10, 1, 100, lost, actions, crashes, seen);
    }

    @Test
    void everyFigureHasItsBar() {
        Met good = met(0, 0, 0, true);
        assertFalse(holds(decoded(0, 1 << 20), good).contains(false));
        assertEquals(0, holds(decoded(1, 0), good).indexOf(false));
        assertEquals(0, holds(decoded(0, 0), met(0, 0, 1, true)).indexOf(false));
        assertEquals(1, holds(decoded(0, 0, "java.io.File"), good).indexOf(false));
        assertEquals(2, holds(decoded(0, (1 << 20) + 1), good).indexOf(false));
        assertEquals(3, holds(decoded(0, 0), met(1, 0, 0, true)).indexOf(false));
        assertEquals(4, holds(decoded(0, 0), met(0, 1, 0, true)).indexOf(false));
        assertEquals(5, holds(decoded(0, 0), met(0, 0, 0, false)).indexOf(false));
        Met nothing = new Met(0, 0, 0, 0, 0, 0, 0, true);
        assertFalse(
                holds(new Decoded(0, 0, 0, 0, Set.of()), nothing).subList(2, 4).contains(true));
    }

    @Test
    void theWitnessSeesWhatIsTouched() throws Exception {
        try (WitnessLoader loader = new WitnessLoader()) {
            loader.loadClass(WireCodec.class.getName());
            assertEquals(Set.of(), loader.unregistered());
            loader.loadClass(Bait.class.getName());
            loader.loadClass("java.io.File");
            loader.loadClass("java.sql.Driver");
            assertEquals(Set.of(Bait.class.getName(), "java.io.File", "java.sql.Driver"), loader.unregistered());
            loader.forget();
            assertEquals(Set.of(), loader.unregistered());
            assertTrue(Mutator.BAIT.contains(Bait.class.getName()));
        }
    }

    @Test
    void theSameSeedGivesTheSameInputsAndMostAreWrong() {
        byte[] right = {1, 2, 3, 4, 5, 6, 7, 8};
        Mutator one = new Mutator(List.of(right), RandomStream.of(1, "test"));
        Mutator same = new Mutator(List.of(right), RandomStream.of(1, "test"));
        int unchanged = 0;
        for (int count = 0; count < 1_000; count++) {
            byte[] next = one.next();
            assertArrayEquals(next, same.next());
            assertTrue(next.length <= 16 << 10);
            unchanged += Arrays.equals(right, next) ? 1 : 0;
        }
        assertTrue(unchanged < 200, () -> "too many are right");
    }

    @Test
    void theTrialCountsEveryInput() {
        Map<String, Long> figures = new DecoderTrial().apply(1L, 500);
        assertEquals(500, figures.get("accepted") + figures.get("refused"));
        assertTrue(figures.get("accepted") > 0 && figures.get("refused") > 0, figures::toString);
        assertEquals(0, figures.get("crashes"));
    }

    @Test
    void aWordThatIsMissingIsNoticed() {
        Parley state = new Parley();
        state.hear(new Parley.Word(1), NodeId.of(2));
        state.hear(new Parley.Word(3), NodeId.of(2));
        state.hear(new Parley.Word(4), NodeId.of(2));
        assertEquals(Map.of(NodeId.of(2), 1L), state.outOfOrder);
    }

    @Test
    void strangersAndALiarLeaveTheHonestPeerAlone() throws Exception {
        try (Company company = new Company(1);
                Strangers strangers = new Strangers(company.address(), 1);
                Liar liar = new Liar(company, 1)) {
            company.talk(3);
            company.befriendLiar();
            strangers.crowd(3);
            for (int visit = 0; visit < 20; visit++) {
                strangers.visit();
            }
            company.confide();
            liar.tell(50);
            company.talk(3);
            assertTrue(company.isHonestSeenAsItIs());
            assertTrue(Company.await(() -> liar.asked() > 0));
            assertEquals(0, company.wordsLost());
            assertEquals(0, company.actionsAgainstHonest());
            assertEquals(0, company.crashes());
        }
    }
}
