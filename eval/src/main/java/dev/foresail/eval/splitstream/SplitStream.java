package dev.foresail.eval.splitstream;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.Sized;
import dev.foresail.choice.Uses;
import dev.foresail.eval.scribe.GroupMulticast;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SplitStream: a stream is cut into stripes, each of which goes down a tree of its own. The keys of the stripes differ in their first digit, so that over an overlay that routes by prefixes a node has children in hardly more than
 * one of the trees, and all nodes together carry the stream. Without the paper's bound on how many children a node has.
 */
@Protocol("splitstream")
public final class SplitStream {
    /**
     * A piece of the stream.
     *
     * @param number from 0
     * @param bytes what it weighs
     */
    public record Block(long number, long bytes) implements Sized {}

    @Uses
    GroupMulticast groups;

    final long stream;
    final long blockBytes;
    final Duration blockPeriod;

    /** How many blocks this node is still to send as the source. */
    long left;

    long sent;
    /** The last block of each stripe that has come. */
    final SortedMap<Long, Long> latest = new TreeMap<>();

    long received;

    /**
     * @param stream the stream's key; its first digit does not count
     * @param blockBytes what a block weighs
     * @param blockPeriod from one block to the next
     */
    public SplitStream(
            @Default("1") long stream, @Default("8192") long blockBytes, @Default("100ms") Duration blockPeriod) {
        this.stream = stream;
        this.blockBytes = blockBytes;
        this.blockPeriod = blockPeriod;
    }

    @OnCall
    void watch() {
        Stripes.keys(stream).forEach(groups::subscribe);
    }

    @OnCall
    void stop() {
        Stripes.keys(stream).forEach(groups::leave);
    }

    /** Sends so many more blocks. */
    @OnCall
    void send(long blocks, Node node) {
        left += blocks;
        node.setTimer("block", blockPeriod);
    }

    @OnTimer("block")
    void block(Node node) {
        if (left > 0) {
            groups.multicast(Stripes.keyOf(stream, sent), new Block(sent, blockBytes));
            sent++;
            left--;
            node.setTimer("block", blockPeriod);
        }
    }

    /** A block that comes twice, while a tree is mended, counts once. */
    @OnUpcall
    void received(long stripe, Block block) {
        if (block.number() > latest.getOrDefault(stripe, -1L)) {
            latest.put(stripe, block.number());
            received++;
        }
    }

    @Safety
    static boolean blocksComeInTheirStripes(SplitStream node) {
        return node.latest.entrySet().stream()
                .allMatch(last -> Stripes.keyOf(node.stream, last.getValue()) == last.getKey());
    }
}
