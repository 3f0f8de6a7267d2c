package dev.foresail.eval.blocks;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
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
import dev.foresail.eval.blocks.BlockMessages.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Block distribution that asks any peer with something to give for any block that it has. */
@Protocol("random-blocks")
public final class RandomBlocks implements BlockState {
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
    public RandomBlocks(
            @Default("64") int blocks,
            @Default("262144") long blockBytes,
            @Default("350ms") Duration uploadTime,
            @Default("16") int window) {
        this.blocks = blocks;
        this.blockBytes = blockBytes;
        this.uploadTime = uploadTime;
        this.window = window;
        this.share = Share.of(new Rules(blocks, blockBytes, uploadTime, window));
    }

    // choice code

    @OnTimer("request")
    void request(Node node) {
        List<NodeId> senders = share.senders();
        if (!senders.isEmpty()) {
            NodeId sender = senders.get(node.random(senders.size()));
            share = share.askForAny(share.offered(sender), sender, node);
        }
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
    static double expectedWait(SystemView<RandomBlocks> view) {
        return BlockState.expectedWait(view);
    }

    @Metric
    static double scarcity(SystemView<RandomBlocks> view) {
        return BlockState.scarcity(view);
    }
}
