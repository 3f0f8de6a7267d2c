package dev.foresail.eval.blocks;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.eval.blocks.BlockMessages.Block;
import dev.foresail.eval.blocks.BlockMessages.Have;
import dev.foresail.eval.blocks.BlockMessages.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A peer's part in the distribution of a file: all that every form does alike. A peer tells those that it knows which blocks it has, in every beat in which that has
 * changed; sends what it is asked for one block after the other, in order; and says when it may ask for another. Immutable: what
 * happens gives another one.
 *
 * @param self whose it is; unknown before the first beat
 * @param own the blocks that are here
 * @param told what of it was told
 * @param known what the peers have told of theirs; a peer that has told nothing has none
 * @param asked what was asked for and is not here yet, and from whom, oldest first
 * @param uploads what this peer was asked for and has not sent, oldest first
 * @param level how many blocks were here in the latest beats, smoothed
 */
record Share(
        Rules rules,
        NodeId self,
        Have own,
        Have told,
        SortedMap<NodeId, Have> known,
        List<Transfer> asked,
        List<Transfer> uploads,
        double level) {
    static final Duration BEAT = Duration.ofMillis(250);
    /** Between two requests of a node. */
    static final Duration GAP = Duration.ofMillis(5);

    private static final double LEVEL_WEIGHT = 0.25;

    Share {
        known = Collections.unmodifiableSortedMap(known);
        asked = Collections.unmodifiableList(asked);
        uploads = Collections.unmodifiableList(uploads);
    }

    /** A block that a peer is to give or to get. */
    record Transfer(NodeId peer, int block) {}

    /** Of a peer that knows nobody. */
    static Share of(Rules rules) {
        return new Share(rules, NodeId.of(0), Have.NOTHING, Have.NOTHING, new TreeMap<>(), List.of(), List.of(), 0);
    }

    /** The source has all blocks from the beginning. */
    Share whole() {
        return with(new Have(Bitmap.all(rules.blocks()), Bitmap.NONE), asked);
    }

    /** The blocks that are here. */
    Bitmap held() {
        return own.held();
    }

    private Share with(Have nowOwn, List<Transfer> nowAsked) {
        return new Share(rules, self, nowOwn, told, known, nowAsked, uploads, level);
    }

    private Share with(List<Transfer> left) {
        return new Share(rules, self, own, told, known, asked, left, level);
    }

    /** Tells the peers what is here, when that is news, and keeps the time. */
    Share beat(List<NodeId> peers, Node node) {
        node.setTimer("beat", BEAT);
        if (!own.equals(told)) {
            peers.forEach(peer -> node.send(peer, own));
        }
        double now = level + LEVEL_WEIGHT * (held().count() - level);
        return new Share(rules, node.self(), own, own, known, asked, uploads, now);
    }

    /** A peer has told which blocks it has. */
    Share heard(NodeId peer, Have have, Node node) {
        SortedMap<NodeId, Have> now = new TreeMap<>(known);
        now.put(peer, have);
        Share next = new Share(rules, self, own, told, now, asked, uploads, level);
        next.askSoon(node);
        return next;
    }

    /** The peers from which a block may be asked for that is neither here nor asked for, or asked for {@linkplain #overdue again}, in the order of their ids. */
    List<NodeId> senders() {
        if (asked.size() >= rules.window()) {
            return List.of();
        }
        List<NodeId> senders = new ArrayList<>();
        Bitmap wanted = wanted();
        known.forEach((peer, theirs) -> {
            if (hasRoom(peer)
                    && !(theirs.held().and(wanted).isEmpty() && overdue(peer).isEmpty())) {
                senders.add(peer);
            }
        });
        return senders;
    }

    private boolean hasRoom(NodeId peer) {
        return asked.stream().filter(each -> each.peer().equals(peer)).count() < Rules.PER_SENDER;
    }

    private Bitmap wanted() {
        Bitmap wanted = Bitmap.all(rules.blocks()).without(held());
        for (Transfer each : asked) {
            wanted = wanted.without(Bitmap.NONE.with(each.block()));
        }
        return wanted;
    }

    /** The blocks that a sender has and that are neither here nor asked for, in ascending order; when there are none, what may be asked for {@linkplain #overdue again}. */
    List<Integer> offered(NodeId sender) {
        Bitmap offered = theirs(sender).held().and(wanted());
        return offered.isEmpty() ? overdue(sender) : offered.blocks();
    }

    /** Those among the {@link #offered} that the sender has given to nobody, as far as is known; when there are none, the {@link #rarest}. */
    List<Integer> fresh(NodeId sender) {
        Bitmap fresh = theirs(sender).held().without(theirs(sender).given()).and(wanted());
        return fresh.isEmpty() ? rarest(sender) : fresh.blocks();
    }

    /** Those among the {@link #offered} that the fewest of the peers have; when nothing is, what may be asked for {@linkplain #overdue again}. */
    List<Integer> rarest(NodeId sender) {
        Bitmap rarest = theirs(sender).held().and(wanted());
        if (rarest.isEmpty()) {
            return overdue(sender);
        }
        // Counts in binary, a bitmap for each place: rarest are those that are small in the highest places.
        List<Bitmap> counts =
                Bitmap.counts(known.values().stream().map(Have::held).toList());
        for (int place = counts.size() - 1; place >= 0; place--) {
            Bitmap fewer = rarest.without(counts.get(place));
            rarest = fewer.isEmpty() ? rarest : fewer;
        }
        return rarest.blocks();
    }

    /**
     * What may be asked for again: of all that is not here yet, when it has been asked for, what the sender has and was not asked for; the one that was asked for
     * longest ago, if any.
     */
    private List<Integer> overdue(NodeId sender) {
        if (!rules.asksAgain() || !wanted().isEmpty()) {
            return List.of();
        }
        Bitmap missing = theirs(sender).held().without(held());
        for (Transfer each : asked) {
            missing = each.peer().equals(sender) ? missing.without(Bitmap.NONE.with(each.block())) : missing;
        }
        Bitmap offered = missing;
        return asked.stream().map(Transfer::block).filter(offered::has).limit(1).toList();
    }

    private Have theirs(NodeId peer) {
        return known.getOrDefault(peer, Have.NOTHING);
    }

    /** Asks a sender for one of its blocks, drawn evenly. */
    Share askForAny(List<Integer> blocks, NodeId sender, Node node) {
        int block = blocks.get(node.random(blocks.size()));
        node.send(sender, new Request(block));
        List<Transfer> now = new ArrayList<>(asked);
        now.add(new Transfer(sender, block));
        Share next = with(own, now);
        next.askSoon(node);
        return next;
    }

    private void askSoon(Node node) {
        if (!node.isArmed("request") && !senders().isEmpty()) {
            node.setTimer("request", GAP);
        }
    }

    /** A peer wants a block. */
    Share requested(NodeId peer, Request request, Node node) {
        List<Transfer> all = new ArrayList<>(uploads);
        all.add(new Transfer(peer, request.block()));
        Have now = new Have(held(), own.given().with(request.block()));
        Share next = new Share(rules, self, now, told, known, asked, all, level);
        return node.isArmed("upload") ? next : next.upload(node);
    }

    /** The access is free for the next block. */
    Share upload(Node node) {
        if (uploads.isEmpty()) {
            return this;
        }
        Transfer first = uploads.get(0);
        node.send(first.peer(), new Block(first.block(), rules.blockBytes()));
        node.setTimer("upload", rules.uploadTime());
        return with(uploads.subList(1, uploads.size()));
    }

    /** A block is here. A peer that was asked for one that others sent sooner has less room until it comes. */
    Share received(NodeId peer, Block block, Node node) {
        List<Transfer> left = new ArrayList<>(asked);
        left.remove(new Transfer(peer, block.block()));
        Share next = with(new Have(held().with(block.block()), own.given()), left);
        next.askSoon(node);
        return next;
    }
}
