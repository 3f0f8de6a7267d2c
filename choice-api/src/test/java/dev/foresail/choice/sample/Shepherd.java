package dev.foresail.choice.sample;

import dev.foresail.choice.ControlState;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.In;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnSilence;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two detectors: of sheep, by pings, and of the one neighbour, by messages of the protocol's own. */
@Protocol("shepherd")
public final class Shepherd {
    public record Bleat() {}

    public record Hail(int flock) {}

    public record Reply(int flock) {}

    /** Whether anybody is watched by pings. */
    public enum Watch {
        AWAKE,
        ASLEEP
    }

    final Duration round;
    final Duration patience;

    @ControlState
    public Watch watch = Watch.AWAKE;

    public final SortedSet<NodeId> sheep = new TreeSet<>();
    public final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();

    @Durable
    public Optional<NodeId> neighbour = Optional.empty();

    public final SortedMap<NodeId, Integer> neighbourUnanswered = new TreeMap<>();
    public final List<NodeId> lost = new ArrayList<>();

    Shepherd(@Default("1s") Duration round, @Default("2500ms") Duration patience) {
        this.round = round;
        this.patience = patience;
    }

    @OnCall
    void keep(NodeId one) {
        sheep.add(one);
    }

    @OnCall
    void sell(NodeId one) {
        sheep.remove(one);
    }

    @OnCall
    void meet(NodeId other) {
        neighbour = Optional.of(other);
    }

    @OnCall
    void sleep() {
        watch = Watch.ASLEEP;
    }

    @OnMessage(otherwise = Otherwise.DROP)
    void hear(Bleat bleat) {}

    @OnMessage
    void answer(Hail hail, @From NodeId from, Node node) {
        node.send(from, new Reply(sheep.size()));
    }

    @OnMessage
    void count(Reply reply) {}

    Hail greeting() {
        return new Hail(sheep.size());
    }

    @OnSilence(of = "sheep", counts = "unanswered", every = "round", within = "patience")
    @In("AWAKE")
    void sheepLost(NodeId one, Node node) {
        sheep.remove(one);
        lost.add(one);
        node.note("lost " + one);
    }

    @OnSilence(
            of = "neighbour",
            counts = "neighbourUnanswered",
            every = "5s",
            within = "5s",
            send = "greeting",
            answers = Reply.class)
    void neighbourLost(NodeId other) {
        lost.add(other);
    }
}
