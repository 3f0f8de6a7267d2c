package dev.foresail.eval.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.blocks.BlockMessages.Block;
import dev.foresail.eval.blocks.BlockMessages.Have;
import dev.foresail.eval.blocks.BlockMessages.Request;
import dev.foresail.eval.blocks.Share.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A peer of each form, that knows two others. */
class BlockFormsTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private static Bitmap bitmap(int... blocks) {
        Bitmap bitmap = Bitmap.NONE;
        for (int block : blocks) {
            bitmap = bitmap.with(block);
        }
        return bitmap;
    }

    private static <S> EmbeddedNode<S> peer(Machine<S> machine) {
        return EmbeddedNode.of(machine, SELF, Map.of("blocks", "70", "window", "2"))
                .call("meet", List.of(TWO, THREE), Duration.ofMillis(100));
    }

    private static Have have(Bitmap held) {
        return new Have(held, Bitmap.NONE);
    }

    @Test
    void aBitmapIsASetOfBlocks() {
        Bitmap some = bitmap(0, 63, 64, 127);
        assertEquals(List.of(0, 63, 64, 127), some.blocks());
        assertEquals(4, some.count());
        assertTrue(some.has(64) && !some.has(65));
        assertEquals(List.of(63), some.and(bitmap(1, 63)).blocks());
        assertEquals(List.of(0, 64, 127), some.without(bitmap(63)).blocks());
        assertEquals(List.of(0, 1), bitmap(0).or(bitmap(1)).blocks());
        for (int blocks : List.of(1, 64, 65, 128)) {
            assertEquals(blocks, Bitmap.all(blocks).count());
        }
    }

    @Test
    void blocksAreCountedInBinary() {
        List<Bitmap> counts = Bitmap.counts(List.of(bitmap(1, 2, 3), bitmap(2, 3), bitmap(3, 70), bitmap(3)));
        assertEquals(List.of(0), bitmap(0, 1, 2, 3, 70).counted(counts, 0).blocks());
        assertEquals(List.of(1, 70), bitmap(0, 1, 2, 3, 70).counted(counts, 1).blocks());
        assertEquals(List.of(2), bitmap(0, 1, 2, 3, 70).counted(counts, 2).blocks());
        assertEquals(List.of(3), bitmap(0, 1, 2, 3, 70).counted(counts, 4).blocks());
    }

    @Test
    void rareIsWhatFewPeersHaveAndFreshWhatTheSenderHasGivenToNobody() {
        Share share = peer(new RandomBlocksMachine())
                .deliver(TWO, new Have(bitmap(4, 5, 6), bitmap(6)))
                .deliver(THREE, have(bitmap(4, 5)))
                .state()
                .share();
        assertEquals(List.of(TWO, THREE), share.senders());
        assertEquals(List.of(4, 5, 6), share.offered(TWO));
        assertEquals(List.of(6), share.rarest(TWO), "nobody else has it");
        assertEquals(List.of(4, 5), share.rarest(THREE));
        assertEquals(List.of(4, 5), share.fresh(TWO));
    }

    @Test
    void whereEverythingWasGivenTheRarestIsFresh() {
        Share share = peer(new RandomBlocksMachine())
                .deliver(TWO, new Have(bitmap(5, 6), bitmap(5, 6)))
                .deliver(THREE, have(bitmap(5)))
                .state()
                .share();
        assertEquals(List.of(6), share.fresh(TWO));
    }

    private static <S extends BlockState> EmbeddedNode<S> asking(Machine<S> machine) {
        return peer(machine).deliver(TWO, have(bitmap(5, 6))).deliver(THREE, have(bitmap(5)));
    }

    /** Whoever is drawn, block 6 is the rarest of n2's; of n3's there is but one. */
    @Test
    void aPeerAsksForAsManyAsItsWindowHoldsAndForNothingTwice() {
        for (Machine<? extends BlockState> machine : List.of(
                new RandomBlocksMachine(),
                new RarestBlocksMachine(),
                new SwitchOverBlocksMachine(),
                new ExposedBlocksMachine())) {
            EmbeddedNode<? extends BlockState> node = asking(machine);
            node.fire("request").fire("request");
            assertFalse(node.timers().containsKey("request"), "the window is full");
            List<Object> requests = node.sent().stream().map(Sent::message).toList();
            assertEquals(Set.of(new Request(5), new Request(6)), Set.copyOf(requests), requests::toString);
            assertEquals(2, requests.size());
            node.deliver(TWO, new Block(6, 1));
            assertEquals(List.of(6), node.state().share().held().blocks());
            assertEquals(
                    List.of(5),
                    node.state().share().asked().stream().map(Transfer::block).toList());
        }
    }

    /** Of 65 blocks 64 are as rare as each other, so who asks for any hardly ever meets the one that is not. */
    @Test
    void theSwitchOverIsFromAnyBlockToTheRarest() {
        EmbeddedNode<SwitchOverBlocks> node = EmbeddedNode.of(
                        new SwitchOverBlocksMachine(), SELF, Map.of("randomFirst", "1", "blocks", "70"))
                .call("meet", List.of(TWO, THREE), Duration.ofMillis(100))
                .deliver(TWO, new Block(69, 1))
                .deliver(TWO, have(Bitmap.all(65)))
                .deliver(THREE, have(Bitmap.all(64)));
        boolean isRarestAsked = false;
        for (int request = 0; request < 4; request++) {
            node.fire("request");
        }
        for (Sent sent : node.sent()) {
            isRarestAsked |= sent.message().equals(new Request(64));
        }
        assertTrue(isRarestAsked, () -> "two of four went to n2: " + node.sent());
    }

    @Test
    void theExposedFormLeavesToTheRuntimeWhomItAsksAndHow() {
        EmbeddedNode<ExposedBlocks> node = asking(new ExposedBlocksMachine());
        node.fire("request");
        assertEquals(1, node.sent().size());
        assertEquals(6, node.decisions().get(0).alternatives().size(), "two handlers, two senders or nobody");
    }

    /** Both have both blocks, each is asked for one of them; then for the other's, and that is all. */
    @Test
    void theExposedFormMayAskAgainForWhatIsNotComingWhenNothingElseIsLeft() {
        EmbeddedNode<ExposedBlocks> node = EmbeddedNode.of(
                        new ExposedBlocksMachine(), SELF, Map.of("blocks", "2", "window", "4"))
                .call("meet", List.of(TWO, THREE), Duration.ofMillis(100))
                .deliver(TWO, have(bitmap(0, 1)))
                .deliver(THREE, have(bitmap(0, 1)));
        for (int request = 0; request < 4; request++) {
            assertTrue(node.timers().containsKey("request"), "as long as there is somebody to ask");
            node.fire("request");
        }
        assertFalse(node.timers().containsKey("request"), "everybody was asked for everything");
        assertEquals(4, Set.copyOf(node.takeSent()).size());
        node.deliver(TWO, new Block(0, 1)).deliver(TWO, new Block(1, 1));
        assertEquals(2, node.state().share().held().count());
        assertEquals(2, node.state().share().asked().size(), "n3 has not sent what it was asked for");
        node.deliver(THREE, new Block(0, 1)).deliver(THREE, new Block(1, 1));
        assertEquals(List.of(), node.state().share().asked());
    }

    /** n2 brings a block a second, n3 one in 40; both have all six. Blocks 0 and 1 are here. */
    private static EmbeddedNode<ExposedBlocks> betweenAFastAndASlowPeer() {
        return EmbeddedNode.of(new ExposedBlocksMachine(), SELF, Map.of("blocks", "6", "window", "4"))
                .choices(Choices.scripted("requestFresh(n2)", "requestFresh(n3)"))
                .call("meet", List.of(TWO, THREE), Duration.ofMinutes(1))
                .deliver(TWO, have(bitmap(0)))
                .fire("request")
                .deliver(THREE, have(bitmap(1)))
                .fire("request")
                .advance(Duration.ofSeconds(1))
                .deliver(TWO, new Block(0, 1))
                .advance(Duration.ofSeconds(39))
                .deliver(THREE, new Block(1, 1))
                .deliver(TWO, have(Bitmap.all(6)))
                .deliver(THREE, have(Bitmap.all(6)));
    }

    @Test
    void aPeersPaceIsHowLongItTookForABlockOfLate() {
        Requests requests = betweenAFastAndASlowPeer().state().share().requests();
        assertEquals(1.0, requests.secondsPerBlock(TWO, 7));
        assertEquals(40.0, requests.secondsPerBlock(THREE, 7));
        assertEquals(20.5, requests.secondsPerBlock(SELF, 7), "of whom nothing came: as the others");
        assertEquals(7.0, Requests.NONE.secondsPerBlock(TWO, 7), "nothing came at all");
    }

    private static EmbeddedNode<ExposedBlocks> choosing(String... picks) {
        EmbeddedNode<ExposedBlocks> node = betweenAFastAndASlowPeer();
        node.takeSent();
        node.choices(Choices.scripted((Object[]) picks));
        for (int pick = 0; pick < picks.length; pick++) {
            node.fire("request");
        }
        return node;
    }

    private static double waitAfter(String... picks) {
        return Waits.seconds(choosing(picks).state().share());
    }

    @Test
    void askingThePeerThatIsMuchSlowerThanTheOthersIsWorseThanAskingNobodyYet() {
        assertTrue(waitAfter("requestRarest(n2)") < waitAfter("requestRarest(n1)"));
        assertTrue(waitAfter("requestRarest(n1)") < waitAfter("requestRarest(n3)"));
    }

    /** All is asked for: of n3, which takes 40 and 80 s, and of n2, which takes 1 and 2. When n2 has brought one, it may bring one of those sooner. */
    @Test
    void whatIsExpectedLatestIsAskedForAgain() {
        EmbeddedNode<ExposedBlocks> node =
                choosing("requestFresh(n2)", "requestFresh(n2)", "requestFresh(n3)", "requestFresh(n3)");
        List<Transfer> asked = node.state().share().asked();
        assertEquals(
                List.of(1.0, 2.0, 40.0, 80.0),
                Waits.ofAsked(node.state().share()).values().stream().sorted().toList());
        node.deliver(TWO, new Block(asked.get(0).block(), 1));
        double before = Waits.seconds(node.state().share());
        assertEquals(List.of(asked.get(3).block()), node.state().share().fresh(TWO));
        assertEquals(List.of(asked.get(2).block()), node.state().share().rarest(TWO), "asked for longest ago");
        node.choices(Choices.scripted("requestFresh(n2)")).fire("request");
        assertTrue(Waits.seconds(node.state().share()) < before - 70, "it comes sooner by far");
    }

    @Test
    void whoAsksNobodyMayAskAgainInAWhile() {
        EmbeddedNode<ExposedBlocks> node = choosing("requestFresh(n1)");
        assertEquals(List.of(), node.sent());
        assertEquals(Share.PAUSE, node.timers().get("request"));
    }

    @Test
    void aPeerSendsOneBlockAfterTheOther() {
        EmbeddedNode<RandomBlocks> node = peer(new RandomBlocksMachine()).call("seed");
        node.deliver(TWO, new Request(4)).deliver(THREE, new Request(69));
        assertEquals(List.of(new Sent(TWO, new Block(4, 262_144))), node.takeSent());
        node.advance(Duration.ofMillis(60));
        assertEquals(List.of(), node.takeSent(), "its access is busy");
        node.fire("upload");
        assertEquals(List.of(new Sent(THREE, new Block(69, 262_144))), node.takeSent());
        assertEquals(List.of(4, 69), node.state().share().own().given().blocks());
    }

    @Test
    void whatCannotBeDistributedIsRefused() {
        for (String wrong : List.of("0", "129")) {
            RuntimeException refused = assertThrows(
                    RuntimeException.class,
                    () -> EmbeddedNode.of(new RandomBlocksMachine(), SELF, Map.of("blocks", wrong)));
            assertTrue(String.valueOf(refused.getMessage()).contains("FS462"), refused::toString);
        }
    }
}
