package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.blocks.Share.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a peer is still to wait for blocks, by how fast those that it asks have been: what a horizon that is shorter than a block's way does not show. Pure functions.
 *
 * <p>Idea: a peer sends what it is asked for one after the other, each in the time that it took of late. A block that was not asked for yet waits as long as one usually does that stands in a queue of
 * {@link #USUAL_PLACES}, or as long as the peer that would bring it soonest takes. So asking somebody slow counts as bad where somebody else would bring the block sooner, and asking twice where it brings little.
 * Weakness: others that ask the same peers are in it only by how fast these were.
 */
final class Waits {
    private static final double NANOS_PER_SECOND = 1e9;
    /** A guess: far enough back that a peer of the usual pace is always worth asking. With half as many completions are the same. */
    private static final int USUAL_PLACES = 8;

    private Waits() {}

    /** In seconds from now, summed over the blocks that are not here and that a known peer has; what is asked for twice besides costs the sender's time. */
    static double seconds(Share share) {
        SortedMap<Integer, Double> asked = ofAsked(share);
        double sum = 0;
        for (double seconds : asked.values()) {
            sum += seconds;
        }
        int twice = share.asked().size() - asked.size();
        return sum + twice * uploadSeconds(share) + ofOthers(share);
    }

    /** In seconds, for each block that was asked for and is not here; of several peers that bring it, the soonest counts. */
    static SortedMap<Integer, Double> ofAsked(Share share) {
        SortedMap<Integer, Double> waits = new TreeMap<>();
        SortedMap<NodeId, Integer> places = new TreeMap<>();
        for (Transfer each : share.asked()) {
            int place = places.merge(each.peer(), 1, Integer::sum);
            if (!share.held().has(each.block())) {
                waits.merge(each.block(), place * pace(share, each.peer()), Math::min);
            }
        }
        return waits;
    }

    private static double uploadSeconds(Share share) {
        return share.rules().uploadTime().toNanos() / NANOS_PER_SECOND;
    }

    /** How long a peer takes for a block; unknown peers and the first ones of all are taken for fast. */
    private static double pace(Share share, NodeId peer) {
        return share.requests().secondsPerBlock(peer, uploadSeconds(share));
    }

    private record Offer(Bitmap blocks, double seconds) {}

    private static double ofOthers(Share share) {
        Bitmap left = share.wanted();
        if (left.isEmpty()) {
            return 0;
        }
        List<Offer> offers = new ArrayList<>();
        double blocksPerSecond = 0;
        for (Map.Entry<NodeId, BlockMessages.Have> peer : share.known().entrySet()) {
            Bitmap offered = peer.getValue().held().and(left);
            double pace = pace(share, peer.getKey());
            offers.add(new Offer(offered, (share.requests().openAt(peer.getKey()) + 1) * pace));
            blocksPerSecond += 1 / pace;
        }
        double usual = USUAL_PLACES * offers.size() / blocksPerSecond;
        offers.sort(Comparator.comparingDouble(Offer::seconds));
        double sum = 0;
        for (Offer offer : offers) {
            sum += offer.blocks().and(left).count() * Math.max(usual, offer.seconds());
            left = left.without(offer.blocks());
        }
        return sum;
    }
}
