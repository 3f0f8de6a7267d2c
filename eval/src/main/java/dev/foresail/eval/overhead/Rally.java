package dev.foresail.eval.overhead;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two nodes that serve to each other; whoever gets a serve returns it. Either as fast as they can, with so many serves on
 * their way, or so many per interval. Its safety properties are over what every message changes, and hold whatever fails: there is
 * nothing to foresee, so that what is measured is the looking and not the keeping away.
 */
@Protocol("rally")
public final class Rally {
    /** The server's next number, from 1. */
    public record Serve(long number, String text) {}

    /** Answers a serve. */
    public record Return(long number, String text) {}

    final int window;
    final int burst;
    final Duration interval;
    final String text;

    final SortedSet<NodeId> partners = new TreeSet<>();
    final SortedMap<NodeId, Long> heard = new TreeMap<>();
    final SortedMap<NodeId, Long> heardLast = new TreeMap<>();
    long served;
    long returned;
    boolean playing;

    /**
     * @param window how many serves may be on their way
     * @param burst how many are served at once when play is steady
     * @param interval between two bursts
     * @param text what every message carries
     */
    public Rally(
            @Default("512") int window,
            @Default("4") int burst,
            @Default("1ms") Duration interval,
            @Default("") String text) {
        this.window = window;
        this.burst = burst;
        this.interval = interval;
        this.text = text;
    }

    /** As fast as the partner returns. */
    @OnCall
    void play(NodeId partner, Node node) {
        partners.add(partner);
        playing = true;
        while (served - returned < window) {
            serve(partner, node);
        }
    }

    /** As many per interval as there are in a burst. */
    @OnCall
    void playSteadily(NodeId partner, Node node) {
        partners.add(partner);
        node.setTimer("burst", interval);
    }

    /** What is on its way is still returned. */
    @OnCall
    void pause(Node node) {
        playing = false;
        node.cancelTimer("burst");
    }

    @OnTimer("burst")
    void burst(Node node) {
        node.setTimer("burst", interval);
        for (int count = 0; count < burst && served - returned < window; count++) {
            serve(partners.first(), node);
        }
    }

    private void serve(NodeId partner, Node node) {
        served++;
        node.send(partner, new Serve(served, text));
    }

    @OnMessage
    void giveBack(Serve serve, @From NodeId from, Node node) {
        boolean goesOn = serve.number() > heardLast.getOrDefault(from, 0L);
        heard.put(from, goesOn ? heard.getOrDefault(from, 0L) + 1 : 1);
        heardLast.put(from, serve.number());
        node.send(from, new Return(serve.number(), serve.text()));
    }

    @OnMessage
    void goOn(Return back, @From NodeId from, Node node) {
        if (returned < served) {
            returned++;
        }
        if (playing) {
            serve(from, node);
        }
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        partners.remove(peer);
        heard.remove(peer);
        heardLast.remove(peer);
        served = 0;
        returned = 0;
        playing = false;
        node.cancelTimer("burst");
    }

    @Neighbours
    SortedSet<NodeId> partners() {
        return partners;
    }

    /** None was heard twice. */
    @Safety
    static boolean nothingIsHeardTwice(Rally node) {
        for (Map.Entry<NodeId, Long> last : node.heardLast.entrySet()) {
            if (node.heard.getOrDefault(last.getKey(), 0L) > last.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** No more serves are on their way than may be. */
    @Safety
    static boolean windowIsKept(Rally node) {
        return node.served - node.returned <= node.window && node.returned <= node.served;
    }
}
