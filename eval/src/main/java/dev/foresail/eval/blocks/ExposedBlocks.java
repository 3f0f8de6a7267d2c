package dev.foresail.eval.blocks;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.blocks.BlockMessages.Block;
import dev.foresail.eval.blocks.BlockMessages.Have;
import dev.foresail.eval.blocks.BlockMessages.Load;
import dev.foresail.eval.blocks.BlockMessages.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Block distribution with its choice exposed: whom a node asks for the next block, and whether for one that is rare among its peers or for one that the sender has
 * given to nobody; when it has asked for all that it lacks, whom it asks again for what is not coming, or is coming latest; and whether it rather asks nobody yet, for which it stands itself among the candidates. When it does what is left to the runtime. Peers tell each other how much they have to send by an aggregate.
 */
@Protocol("blocks")
public final class ExposedBlocks implements BlockState {
    final int blocks;
    final long blockBytes;
    final Duration uploadTime;
    final int window;

    @Neighbours
    final List<NodeId> peers = new ArrayList<>();

    Share share;

    /**
     * @param blocks how many the file has, 1 to 128
     * @param blockBytes how much each weighs
     * @param uploadTime how long a node's access takes for one
     * @param window how many blocks a node has asked for at most
     */
    public ExposedBlocks(
            @Default("64") int blocks,
            @Default("262144") long blockBytes,
            @Default("350ms") Duration uploadTime,
            @Default("16") int window) {
        this.blocks = blocks;
        this.blockBytes = blockBytes;
        this.uploadTime = uploadTime;
        this.window = window;
        this.share = Share.of(new Rules(blocks, blockBytes, uploadTime, window, true));
    }

    // choice code

    @OnTimer(value = "request", choice = "request")
    void requestFresh(@ChoicePoint(from = "senders", await = "100ms") NodeId sender, Node node) {
        share = share.askForAny(share.fresh(sender), sender, node);
    }

    @OnTimer(value = "request", choice = "request")
    void requestRarest(@ChoicePoint(from = "senders", await = "100ms") NodeId sender, Node node) {
        share = share.askForAny(share.rarest(sender), sender, node);
    }

    List<NodeId> senders(Node node) {
        return share.sendersOrNobody(node);
    }

    /** Who it is, as links differ, and how much there is to send. */
    @Aggregate
    static Load load(ExposedBlocks peer, Known<Load> peers) {
        return Load.of(peer.share);
    }

    // end of choice code

    @OnCall
    void meet(List<NodeId> others, Duration firstBeat, Node node) {
        peers.addAll(others);
        node.setTimer("beat", firstBeat);
    }

    @OnCall
    void seed() {
        share = share.whole();
    }

    @OnTimer("beat")
    void beat(Node node) {
        share = share.beat(peers, node);
    }

    @OnMessage
    void heard(Have have, @From NodeId from, Node node) {
        share = share.heard(from, have, node);
    }

    @OnMessage
    void requested(Request request, @From NodeId from, Node node) {
        share = share.requested(from, request, node);
    }

    @OnTimer("upload")
    void upload(Node node) {
        share = share.upload(node);
    }

    @OnMessage
    void received(Block block, @From NodeId from, Node node) {
        share = share.received(from, block, node);
    }

    @Override
    public Share share() {
        return share;
    }

    @Metric
    static double expectedWait(SystemView<ExposedBlocks> view) {
        return BlockState.expectedWait(view);
    }

    @Metric
    static double scarcity(SystemView<ExposedBlocks> view) {
        return BlockState.scarcity(view);
    }
}
