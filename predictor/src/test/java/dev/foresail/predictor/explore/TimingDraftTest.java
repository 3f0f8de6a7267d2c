package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of messages that wait for others, or that cannot be told from others. */
final class TimingDraftTest {
    private static final Lane LANE = new Lane(0, 1, Optional.empty());
    private static final Lane BACK = new Lane(1, 0, Optional.empty());
    private static final Lane OTHER = new Lane(2, 1, Optional.empty());

    /** Of a message that keeps no order. */
    private static final Lane LOOSE = new Lane(0, 1, Optional.of(Messages.loose(0, "1a")));

    private static TimingDraft draft() {
        return new TimingDraft(Timing.Body.EMPTY, 0, 0);
    }

    private static List<Span> spans(TimingDraft draft) {
        return spans(draft, LANE);
    }

    private static List<Span> spans(TimingDraft draft, Lane lane) {
        return draft.body().flights().getOrDefault(lane, List.of());
    }

    @Test
    void whereOrderIsKeptNoMessageComesBeforeTheOneBefore() {
        TimingDraft draft = draft();
        draft.send(LANE, new Span(5, 9));
        draft.send(LANE, new Span(1, 7));
        draft.send(LANE, new Span(6, 20));
        assertEquals(List.of(new Span(5, 9), new Span(5, 9), new Span(6, 20)), spans(draft));
        draft.deliver(LANE);
        assertEquals(List.of(new Span(5, 9), new Span(6, 20)), spans(draft));
    }

    @Test
    void ofEqualMessagesTheFirstComesWhenAnyMayHaveCome() {
        TimingDraft draft = draft();
        draft.send(LOOSE, new Span(5, 6));
        draft.send(LOOSE, new Span(1, 9));
        assertEquals(List.of(new Span(1, 6), new Span(5, 9)), spans(draft, LOOSE));
        draft.deliver(LOOSE);
        assertEquals(List.of(new Span(5, 9)), spans(draft, LOOSE));
    }

    @Test
    void ofEqualMessagesAnyMayHaveBeenLost() {
        TimingDraft draft = draft();
        draft.send(LOOSE, new Span(5, 6));
        draft.send(LOOSE, new Span(1, 9));
        draft.lose(LOOSE);
        assertEquals(List.of(new Span(1, 9)), spans(draft, LOOSE));
        draft.lose(LOOSE);
        assertEquals(List.of(), spans(draft, LOOSE));
    }

    @Test
    void timePassesForWhatHasNotHappened() {
        TimingDraft before = draft();
        before.send(LANE, new Span(5, 9));
        before.send(OTHER, new Span(2, Span.NEVER));
        before.arm(2, 1, new Span(7, 8));
        assertEquals(8, before.body().deadline());
        TimingDraft after = new TimingDraft(before.body(), 2, 6);
        assertEquals(List.of(new Span(0, 7)), spans(after));
        assertEquals(List.of(new Span(0, Span.NEVER)), after.body().flights().get(OTHER));
        assertEquals(new Span(1, 6), after.body().timers().get(Timing.timer(2, 1)));
        after.keepArmed(2, 0);
        assertEquals(7, after.body().deadline());
    }

    @Test
    void aNodeThatIsDownMakesMessagesWaitOnlyWhereNoConnectionCarriesThem() {
        TimingDraft draft = draft();
        draft.send(LOOSE, new Span(5, 9));
        draft.end(0);
        draft.isDown(0);
        draft.send(LOOSE, new Span(1, 2));
        assertEquals(List.of(new Span(1, Span.NEVER), new Span(5, Span.NEVER)), spans(draft, LOOSE));
        draft.isUp(0);
        draft.send(LOOSE, new Span(3, 4));
        assertEquals(List.of(new Span(1, 4), new Span(3, Span.NEVER), new Span(5, Span.NEVER)), spans(draft, LOOSE));
        TimingDraft ordered = draft();
        ordered.send(LANE, new Span(5, 9));
        ordered.end(0);
        ordered.isDown(0);
        ordered.send(LANE, new Span(1, 2));
        assertEquals(List.of(new Span(1, 2)), spans(ordered));
    }

    @Test
    void aBreakCutsBothWaysAndNoOthers() {
        TimingDraft draft = draft();
        List.of(LANE, BACK, OTHER).forEach(lane -> draft.send(lane, new Span(1, 2)));
        draft.send(LOOSE, new Span(1, 2));
        draft.cut(0, 1);
        assertEquals(List.of(LOOSE, OTHER), List.copyOf(draft.body().flights().keySet()));
    }
}
