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
 * Epidemic dissemination with the policy of FlightPath (Li et al., OSDI 2008), which relaxes that of BAR Gossip: a draw names several
 * peers of the view, and a node tries one after the other within the round, until there was something to trade or all
 * were tried. One that does not answer in time is given up for the next. Left out, as they have no meaning with one
 * update or without liars: reservations, splitting what is needed among partners, trading the newest updates last, erasure codes,
 * imbalance.
 */
@Protocol("flightpath")
public final class FlightPath implements EpidemicState {
    final Duration period;
    final Duration patience; // choice code
    final int tries; // choice code
    final List<NodeId> view = new ArrayList<>();
    boolean heard;
    int round; // choice code
    int tried; // choice code

    /**
     * @param period from one round to the next
     * @param patience how long an answer is waited for before the next peer is tried
     * @param tries how many peers are tried in a round at most
     */
    public FlightPath(@Default("2s") Duration period, @Default("300ms") Duration patience, @Default("3") int tries) {
        this.period = period;
        this.patience = patience;
        this.tries = tries;
    }

    // choice code

    @OnTimer("round")
    void round(Node node) {
        node.setTimer("round", period);
        round++;
        tried = 0;
        tryNext(node);
    }

    @OnTimer("patience")
    void impatient(Node node) {
        tryNext(node);
    }

    /** The peers that the draw names are next to each other in the view. */
    private void tryNext(Node node) {
        node.cancelTimer("patience");
        if (tried < tries) {
            Offer offer = Offer.drawn(heard, node.self(), round);
            node.send(view.get((int) ((offer.ticket() + tried) % view.size())), offer);
            tried++;
            node.setTimer("patience", patience);
        }
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
        boolean isTrade = heard != answer.heard(); // choice code
        heard = EpidemicMessages.settle(from, heard, answer, node);
        if (isTrade) { // choice code
            node.cancelTimer("patience"); // choice code
        } else { // choice code
            tryNext(node); // choice code
        } // choice code
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
    static double shareHeard(SystemView<FlightPath> view) {
        return EpidemicState.shareHeard(view);
    }
}
