package dev.foresail.predictor.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Exported;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** The work of a desk is what it keeps and what its trays do; n1 has tray n2. */
class PictureViewTest {
    private static final NodeId DESK = NodeId.of(1);
    private static final NodeId TRAY = NodeId.of(2);

    private final SortedMap<NodeId, Picture<Desk>> pictures = new TreeMap<>();
    private final Channel toTray = new Channel();
    private final Channel fromDesk = new Channel();

    private static boolean never(NodeId node, NodeId neighbour) {
        return false;
    }

    private void filed(int letters) {
        for (int letter = 0; letter < letters; letter++) {
            toTray.remember(toTray.nextSequence(), new Desk.Filed(letter));
        }
    }

    private PictureView<Desk> view(BiPredicate<NodeId, NodeId> exportIsNewer) {
        return new PictureView<>(new DeskMachine(), pictures, false, exportIsNewer);
    }

    private int work(NodeId node, BiPredicate<NodeId, NodeId> exportIsNewer) {
        return view(exportIsNewer).<Integer>of("work").at(node).orElseThrow();
    }

    private void seeDesk() {
        pictures.put(DESK, new Picture<>(Desk.withTrays(TRAY), Map.of(TRAY, toTray), 0));
    }

    private void seeTray(int kept) {
        pictures.put(TRAY, new Picture<>(Desk.keeping(kept), Map.of(DESK, fromDesk), 7));
    }

    @Test
    void aNeighbourInSightCountsWithWhatIsInFlightToIt() {
        filed(3);
        fromDesk.received(1);
        seeDesk();
        seeTray(4);
        assertEquals(6, work(DESK, PictureViewTest::never), "4 are kept, 2 are in flight");
        assertEquals(4, work(TRAY, PictureViewTest::never), "the tray itself has them not yet");
    }

    @Test
    void aNeighbourOutOfSightCountsByTheLedgerRule() {
        filed(3);
        seeDesk();
        assertEquals(13, work(DESK, PictureViewTest::never), "it has said nothing: the default and what it was handed");
        toTray.exported(new Exported(1, List.of(20), 0));
        assertEquals(22, work(DESK, PictureViewTest::never));
    }

    @Test
    void aNewerExportOutranksAnOlderPicture() {
        filed(1);
        toTray.exported(new Exported(1, List.of(30), 0));
        seeDesk();
        seeTray(4);
        assertEquals(5, work(DESK, PictureViewTest::never));
        assertEquals(30, work(DESK, (node, neighbour) -> node.equals(DESK) && neighbour.equals(TRAY)));
    }

    @Test
    void aCircleIsCutAtTheExport() {
        Channel back = new Channel();
        back.exported(new Exported(0, List.of(100), 0));
        seeDesk();
        pictures.put(TRAY, new Picture<>(Desk.withTrays(DESK), Map.of(DESK, back), 0));
        assertEquals(100, work(DESK, PictureViewTest::never), "n1 -> n2 -> what n1 has exported to n2");
    }

    @Test
    void whoIsNotInSightIsUnknown() {
        seeDesk();
        PictureView<Desk> view = view(PictureViewTest::never);
        assertFalse(view.isKnown(TRAY));
        assertThrows(UnknownNodeException.class, () -> view.state(TRAY));
        assertThrows(UnknownNodeException.class, () -> view.ageNanos(TRAY));
        assertEquals(Optional.empty(), view.<Integer>of("work").at(TRAY));
        assertEquals(-1, view.<Integer>of("work").atOr(TRAY, -1));
        assertEquals(Long.MAX_VALUE, view.of("work").ageNanos(TRAY));
        assertThrows(IllegalArgumentException.class, () -> view.of("play"));
    }

    @Test
    void saysWhatIsInSightAndHowOldItIs() {
        seeDesk();
        seeTray(1);
        PictureView<Desk> view = view(PictureViewTest::never);
        assertEquals(List.of(DESK, TRAY), List.copyOf(view.nodes()));
        assertEquals(7, view.ageNanos(TRAY));
        assertEquals(7, view.of("work").ageNanos(TRAY));
        assertFalse(view.isComplete());
        assertTrue(new PictureView<>(new DeskMachine(), pictures, true).isComplete());
    }
}
