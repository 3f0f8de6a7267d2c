package dev.foresail.eval.epidemic;

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
import dev.foresail.eval.epidemic.EpidemicMessages.Answer;
import dev.foresail.eval.epidemic.EpidemicMessages.Offer;
import dev.foresail.eval.epidemic.EpidemicMessages.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Epidemic dissemination with its choice exposed: with whom a node exchanges in a round. There is no policy in here. Neighbours
 * tell each other by an aggregate that the update has come, so that their checkpoints are gathered when there is news.
 */
@Protocol("epidemic")
public final class Epidemic implements EpidemicState {
    final Duration period;
    final int exchanges;

    /** In an order of the node's own. */
    @Neighbours
    final List<NodeId> view = new ArrayList<>();

    boolean heard;

    /**
     * @param period from one round to the next
     * @param exchanges how many a node begins in a round, evenly spread
     */
    public Epidemic(@Default("2s") Duration period, @Default("3") int exchanges) {
        this.period = period;
        this.exchanges = exchanges;
    }

    // choice code

    @OnTimer("round")
    void round(@ChoicePoint(from = "view", await = "50ms") NodeId partner, Node node) {
        node.setTimer("round", period.dividedBy(exchanges));
        node.send(partner, Offer.toAnybody(heard));
    }

    /** Whether the update has come here. */
    @Aggregate
    static boolean informed(Epidemic node, Known<Boolean> view) {
        return node.heard;
    }

    // end of choice code

    @OnCall
    void meet(List<NodeId> peers, Duration firstRound, Node node) {
        view.addAll(peers);
        node.setTimer("round", firstRound);
    }

    @OnCall
    void tell() {
        heard = true;
    }

    @OnMessage
    void offered(Offer offer, @From NodeId from, Node node) {
        EpidemicMessages.answer(from, heard, node);
    }

    @OnMessage
    void answered(Answer answer, @From NodeId from, Node node) {
        heard = EpidemicMessages.settle(from, heard, answer, node);
    }

    @OnMessage
    void updated(Update update) {
        heard = true;
    }

    @Override
    public boolean hasHeard() {
        return heard;
    }

    @Metric
    static double shareHeard(SystemView<Epidemic> view) {
        return EpidemicState.shareHeard(view);
    }
}
