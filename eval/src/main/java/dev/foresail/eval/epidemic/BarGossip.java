package dev.foresail.eval.epidemic;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.epidemic.EpidemicMessages.Answer;
import dev.foresail.eval.epidemic.EpidemicMessages.Offer;
import dev.foresail.eval.epidemic.EpidemicMessages.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Epidemic dissemination with the policy of BAR Gossip (Li et al., OSDI 2006): one exchange in a round, with the one partner that a
 * verifiable pseudo-random draw names, so that nobody has a choice to misuse. Whoever is asked checks the draw. Left out: the
 * optimistic push beside the balanced exchange, which serves those that have nothing to give, and who they are does not matter here;
 * a partner of another view cannot check which entry of it was drawn.
 */
@Protocol("bar-gossip")
public final class BarGossip implements EpidemicState {
    final Duration period;
    final int exchanges;
    final List<NodeId> view = new ArrayList<>();
    boolean heard;
    int round; // choice code

    /**
     * @param period from one round to the next
     * @param exchanges how many a node begins in a period, evenly spread; published is 1
     */
    public BarGossip(@Default("2s") Duration period, @Default("1") int exchanges) {
        this.period = period;
        this.exchanges = exchanges;
    }

    // choice code

    @OnTimer("round")
    void round(Node node) {
        node.setTimer("round", period.dividedBy(exchanges));
        round++;
        Offer offer = Offer.drawn(heard, node.self(), round);
        node.send(view.get((int) (offer.ticket() % view.size())), offer);
    }

    boolean isEntitled(Offer offer, @From NodeId from) {
        return offer.isDrawnBy(from);
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

    @OnMessage(when = "isEntitled", otherwise = Otherwise.DROP)
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
    static double shareHeard(SystemView<BarGossip> view) {
        return EpidemicState.shareHeard(view);
    }
}
