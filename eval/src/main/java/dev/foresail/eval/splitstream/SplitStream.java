package dev.foresail.eval.splitstream;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.Sized;
import dev.foresail.choice.Uses;
import dev.foresail.eval.scribe.GroupMulticast;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SplitStream: a stream is cut into stripes, each of which goes down a tree of its own. The keys of the stripes differ in their first digit, so that over an overlay that routes by prefixes a node has children in hardly more than
 * one of the trees, that of its own first digit, and all nodes together carry the stream.
 *
 * <p>No node has more children than it said that it can bear: one that gets one too many sends one away, which goes to a former sibling farther down in the tree where that stripe is the sibling's own, and else to
 * any node in the group of those that have room.
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

    /** Who has room for a child in a stripe's tree? */
    public record Orphan(long stripe, NodeId child) {}

    @Uses
    GroupMulticast groups;

    final long stream;
    final int mostChildren;
    final Duration sparePeriod;
    final long blockBytes;
    final Duration blockPeriod;

    /** Whether this node is to get the stream. */
    boolean watches;

    /** Whether it is in the group of those with room for more. */
    boolean isSpare;

    /** How many blocks this node is still to send as the source. */
    long left;

    long sent;
    /** The last block of each stripe that has come. */
    final SortedMap<Long, Long> latest = new TreeMap<>();

    long received;

    /**
     * @param stream the stream's key; its first digit does not count, and the others should be far from all zeros and all ones, so that a stripe's root has the stripe's digit
     * @param mostChildren how many children a node has at most in all trees of the stream together: at least as many as there are stripes, unless others have more
     * @param sparePeriod after which a node that has got room again says so
     * @param blockBytes what a block weighs
     * @param blockPeriod from one block to the next
     * @throws IllegalArgumentException FS513 when it would have no children
     */
    public SplitStream(
            @Default("500000000000000000") long stream,
            @Default("20") int mostChildren,
            @Default("1s") Duration sparePeriod,
            @Default("8192") long blockBytes,
            @Default("100ms") Duration blockPeriod) {
        if (mostChildren < 1) {
            throw new IllegalArgumentException("[FS513] a node has room for at least 1 child, not " + mostChildren);
        }
        this.stream = stream;
        this.mostChildren = mostChildren;
        this.sparePeriod = sparePeriod;
        this.blockBytes = blockBytes;
        this.blockPeriod = blockPeriod;
    }

    @OnCall
    void watch(Node node) {
        watches = true;
        Stripes.keys(stream).forEach(groups::subscribe);
        offerRoom(node);
    }

    @OnCall
    void stop() {
        watches = false;
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

    // The bound on children

    private int children() {
        return stripes().mapToInt(stripe -> groups.children(stripe).size()).sum();
    }

    private Stream<Long> stripes() {
        return Stripes.keys(stream).stream();
    }

    private boolean isOwn(long stripe, NodeId node) {
        return groups.sharedBits(stripe, node) >= Stripes.DIGIT_BITS;
    }

    /** Who is sent away is a child in a tree that is not this node's own, if there is any; and the one whose place is farthest from the stripe's key. */
    @OnUpcall
    void adopted(long group, NodeId child, Node node) {
        if (children() > mostChildren) {
            long stripe = Stream.concat(Stream.of(group), stripes())
                    .filter(each -> !isOwn(each, node.self()) && !groups.isRoot(each))
                    .filter(each -> !groups.children(each).isEmpty())
                    .findFirst()
                    .or(() -> stripes()
                            .max(Comparator.comparing(
                                    each -> groups.children(each).size())))
                    .orElse(group);
            groups.children(stripe).stream()
                    .min(Comparator.comparing((NodeId each) -> groups.sharedBits(stripe, each) / Stripes.DIGIT_BITS)
                            .thenComparing(each -> !each.equals(child)))
                    .ifPresent(each -> groups.reject(stripe, each));
        }
    }

    /** Push-down: a sibling whose own tree it is has many children there, or can have. */
    @OnUpcall
    void rejected(long stripe, SortedSet<NodeId> siblings, Node node) {
        List<NodeId> inside =
                siblings.stream().filter(sibling -> isOwn(stripe, sibling)).toList();
        if (inside.isEmpty()) {
            groups.anycast(Stripes.spareKey(stream), new Orphan(stripe, node.self()));
        } else {
            groups.seek(stripe, inside.get(node.random(inside.size())));
        }
    }

    @OnUpcall
    boolean taken(long group, Orphan orphan) {
        return children() < mostChildren && groups.adopt(orphan.stripe(), orphan.child());
    }

    /** The group of those with room for more is joined and left. */
    @OnTimer("spare")
    void offerRoom(Node node) {
        boolean hasRoom = watches && children() < mostChildren;
        if (hasRoom && !isSpare) {
            groups.subscribe(Stripes.spareKey(stream));
        } else if (isSpare && !hasRoom) {
            groups.leave(Stripes.spareKey(stream));
        }
        isSpare = hasRoom;
        node.setTimer("spare", sparePeriod);
    }

    // Properties

    @Safety
    static boolean hasNoMoreChildrenThanItCanBear(SplitStream node) {
        return node.children() <= node.mostChildren;
    }

    @Safety
    static boolean blocksComeInTheirStripes(SplitStream node) {
        return node.latest.entrySet().stream()
                .allMatch(last -> Stripes.keyOf(node.stream, last.getValue()) == last.getKey());
    }
}
