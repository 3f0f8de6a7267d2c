package dev.foresail.predictor.explore;

import static dev.foresail.predictor.explore.Messages.message;
import static dev.foresail.predictor.explore.Messages.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.foresail.predictor.model.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellsTest {
    private static final Pending.Body NOTHING = new Pending.Body(new Message[0], 0, new int[0]);

    private int effects;

    /** A node in slot 0; of the peers, slot 1 is connected to it. */
    private static LocalState local(int id, boolean up) {
        byte[] bytes = {(byte) id};
        LocalState.Body body = new LocalState.Body(up, "state " + id, 0, new Message[0]);
        return new LocalState(id, body, Content.of(bytes), new Content(id, id), up ? 1L << 1 : 0, 0);
    }

    private static Cells cells() {
        return new Cells(0, new Flights(Network.ORDERED));
    }

    private Effect effect(Effect.Kind kind, int from, Message... messages) {
        return new Effect(effects++, kind, 0, from, List.of(messages));
    }

    @Test
    void theSameContentIsTheSameCellHoweverItIsMade() {
        Cells cells = cells();
        LocalState state = local(0, true);
        Message first = message(0, "1a");
        Message second = message(1, "2b");
        Cell empty = cells.intern(state, NOTHING);
        Effect a = effect(Effect.Kind.ARRIVAL, 1, first);
        Effect b = effect(Effect.Kind.ARRIVAL, 2, second);
        Cell both = cells.after(cells.after(empty, a), b);
        assertSame(both, cells.after(cells.after(empty, b), a));
        assertSame(both, cells.intern(state, NOTHING.withMessages(new Message[] {first, second})));
        assertSame(both, cells.get(both.id));
        assertNotSame(both, cells.intern(local(1, true), NOTHING.withMessages(new Message[] {first, second})));
        assertEquals(5, cells.size());
    }

    @Test
    void itsShareOfTheFingerprintDoesNotDependOnWhatWasMetBefore() {
        Cells one = cells();
        Cells other = cells();
        for (int number = 5; number < 200; number++) {
            other.intern(local(number, true), NOTHING);
        }
        Cell met = other.intern(local(0, true), NOTHING.withMessages(new Message[] {message(17, "1a")}));
        Cell first = one.intern(local(0, true), NOTHING.withMessages(new Message[] {message(0, "1a")}));
        assertNotEquals(first.id, met.id);
        assertEquals(first.share, met.share);
        assertEquals(first.secondShare, met.secondShare);
        assertNotEquals(first.share, one.intern(local(0, true), NOTHING).share);
        assertNotEquals(first.share, one.intern(local(0, true), NOTHING.withBroken(1)).share);
    }

    @Test
    void whenAPeerIsGoneSoIsWhatItSentAndWhoWasConnectedWillNotice() {
        Cells cells = cells();
        Message[] messages = {message(0, "1a"), message(1, "2b"), message(2, "2c")};
        Cell before = cells.intern(local(0, true), NOTHING.withMessages(messages));
        Cell connected = cells.after(before, effect(Effect.Kind.PEER_GONE, 1));
        assertEquals("2b 2c", text(connected.pending.messages()));
        assertEquals(1L << 1, connected.pending.broken());
        Cell stranger = cells.after(before, effect(Effect.Kind.PEER_GONE, 2));
        assertEquals("1a", text(stranger.pending.messages()));
        assertEquals(0, stranger.pending.broken());
    }

    @Test
    void aBreakIsNoticedConnectedOrNotAndARefusalOnlyByWhoIsUp() {
        Cells cells = cells();
        Cell before = cells.intern(local(0, true), NOTHING.withMessages(new Message[] {message(0, "2b")}));
        Cell broken = cells.after(before, effect(Effect.Kind.BREAK, 2));
        assertEquals("", text(broken.pending.messages()));
        assertEquals(1L << 2, broken.pending.broken());
        Cell refused = cells.after(before, effect(Effect.Kind.REFUSED, 2));
        assertEquals("2b", text(refused.pending.messages()));
        assertEquals(1L << 2, refused.pending.broken());
        Cell down = cells.intern(local(1, false), NOTHING);
        assertSame(down, cells.after(down, effect(Effect.Kind.REFUSED, 2)));
    }

    @Test
    void theResultsOfManyEffectsAreRemembered() {
        Cells cells = cells();
        Cell empty = cells.intern(local(0, true), NOTHING);
        for (int round = 0; round < 2; round++) {
            effects = 0;
            for (int number = 0; number < 100; number++) {
                Message letter = message(number, "1" + (char) ('a' + number));
                Cell after = cells.after(empty, effect(Effect.Kind.ARRIVAL, 1, letter));
                assertEquals("1" + (char) ('a' + number), text(after.pending.messages()));
                assertEquals(number + 1, after.id);
            }
        }
        assertEquals(101, cells.size());
    }

    @Test
    void anOfferIsTakenFromACopy() {
        Pending.Body offered = new Pending.Body(new Message[0], 0, new int[] {2, 1});
        Cells cells = cells();
        Cell before = cells.intern(local(0, true), offered);
        Cell after = cells.intern(local(0, true), offered.withOfferTaken(0));
        assertNotSame(before, after);
        assertEquals(2, before.pending.offersLeft()[0]);
        assertEquals(1, after.pending.offersLeft()[0]);
        assertEquals(1, after.pending.offersLeft()[1]);
        assertEquals(0, offered.withBroken(3).withoutBroken(3).broken());
    }
}
