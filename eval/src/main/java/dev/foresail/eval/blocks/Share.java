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
import java.util.Map;
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
 * @param requests what was asked for and is not here yet, and from whom
 * @param uploads what this peer was asked for and has not sent, oldest first
 */
record Share(
        Rules rules,
        NodeId self,
        Have own,
        Have told,
        SortedMap<NodeId, Have> known,
        Requests requests,
        List<Transfer> uploads) {
    static final Duration BEAT = Duration.ofMillis(250);
    /** Between two requests of a node. */
    static final Duration GAP = Duration.ofMillis(5);

    /** How long nobody is asked. */
    static final Duration PAUSE = Duration.ofMillis(500);

    Share {
        known = Collections.unmodifiableSortedMap(known);
        uploads = Collections.unmodifiableList(uploads);
    }

    /** A block that a peer is to give or to get. */
    record Transfer(NodeId peer, int block) {}

    /** Of a peer that knows nobody. */
    static Share of(Rules rules) {
        return new Share(rules, NodeId.of(0), Have.NOTHING, Have.NOTHING, new TreeMap<>(), Requests.NONE, List.of());
    }

    /** The source has all blocks from the beginning. */
    Share whole() {
        return with(new Have(Bitmap.all(rules.blocks()), Bitmap.NONE), requests);
    }

    /** The blocks that are here. */
    Bitmap held() {
        return own.held();
    }

    /** What was asked for and is not here yet, and from whom, oldest first. */
    List<Transfer> asked() {
        return requests.open();
    }

    private Share with(Have nowOwn, Requests now) {
        return new Share(rules, self, nowOwn, told, known, now, uploads);
    }

    private Share with(List<Transfer> left) {
        return new Share(rules, self, own, told, known, requests, left);
    }

    /** Tells the peers what is here, when that is news, and keeps the time. */
    Share beat(List<NodeId> peers, Node node) {
        node.setTimer("beat", BEAT);
        if (!own.equals(told)) {
            peers.forEach(peer -> node.send(peer, own));
        }
        return new Share(rules, node.self(), own, own, known, requests, uploads);
    }

    /** A peer has told which blocks it has. */
    Share heard(NodeId peer, Have have, Node node) {
        SortedMap<NodeId, Have> now = new TreeMap<>(known);
        now.put(peer, have);
        Share next = new Share(rules, self, own, told, now, requests, uploads);
        next.askSoon(node);
        return next;
    }

    /** The peers from which a block may be asked for that is neither here nor asked for, or asked for {@linkplain #overdue again}, in the order of their ids. */
    List<NodeId> senders() {
        if (asked().size() >= rules.window()) {
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

    /** The same and the node itself, which stands for asking nobody now; nobody when there is nobody to ask. */
    List<NodeId> sendersOrNobody(Node node) {
        List<NodeId> senders = new ArrayList<>(senders());
        if (!senders.isEmpty()) {
            senders.add(node.self());
        }
        return senders;
    }

    private boolean hasRoom(NodeId peer) {
        return requests.openAt(peer) < Rules.PER_SENDER;
    }

    /** The blocks that are not here. */
    Bitmap missing() {
        return Bitmap.all(rules.blocks()).without(held());
    }

    /** The blocks that are neither here nor asked for. */
    Bitmap wanted() {
        return missing().without(requests.blocks());
    }

    /** The blocks that a sender has and that are neither here nor asked for, in ascending order; when there are none, what may be asked for {@linkplain #overdue again}. */
    List<Integer> offered(NodeId sender) {
        Bitmap offered = theirs(sender).held().and(wanted());
        return offered.isEmpty() ? overdue(sender) : offered.blocks();
    }

    /**
     * Those among the {@link #offered} that the sender has given to nobody, as far as is known; when there are none, the {@link #rarest}. Of what may be asked for
     * again what is expected latest.
     */
    List<Integer> fresh(NodeId sender) {
        if (wanted().isEmpty()) {
            return latest(sender);
        }
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
        Bitmap offered = again(sender);
        return asked().stream()
                .map(Transfer::block)
                .filter(offered::has)
                .limit(1)
                .toList();
    }

    private Bitmap again(NodeId sender) {
        if (!rules.asksAgain() || !wanted().isEmpty()) {
            return Bitmap.NONE;
        }
        Bitmap missing = theirs(sender).held().without(held());
        for (Transfer each : asked()) {
            missing = each.peer().equals(sender) ? missing.without(Bitmap.NONE.with(each.block())) : missing;
        }
        return missing;
    }

    private List<Integer> latest(NodeId sender) {
        Bitmap offered = again(sender);
        return Waits.ofAsked(this).entrySet().stream()
                .filter(wait -> offered.has(wait.getKey()))
                .max(Map.Entry.comparingByValue())
                .map(wait -> List.of(wait.getKey()))
                .orElse(List.of());
    }

    private Have theirs(NodeId peer) {
        return known.getOrDefault(peer, Have.NOTHING);
    }

    /** Asks a sender for one of its blocks, drawn evenly; when the sender is the node itself, asks nobody for a while. */
    Share askForAny(List<Integer> blocks, NodeId sender, Node node) {
        if (sender.equals(node.self())) {
            node.setTimer("request", PAUSE);
            return this;
        }
        int block = blocks.get(node.random(blocks.size()));
        node.send(sender, new Request(block));
        Share next = with(own, requests.with(new Transfer(sender, block), node.nowNanos()));
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
        Share next = new Share(rules, self, now, told, known, requests, all);
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
        Requests left = requests.without(new Transfer(peer, block.block()), node.nowNanos());
        Share next = with(new Have(held().with(block.block()), own.given()), left);
        next.askSoon(node);
        return next;
    }
}
