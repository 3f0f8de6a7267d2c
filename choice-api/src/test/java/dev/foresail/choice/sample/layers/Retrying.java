package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Above;
import dev.foresail.choice.Caller;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends again what was not acknowledged. */
@Protocol(value = "retrying", provides = Datagrams.class)
public final class Retrying {
    public record Data(long number, Record payload) {}

    public record Acknowledgement(long number) {}

    public record Waiting(NodeId to, Record payload, String layer, int tries) {}

    @Above
    Datagrams.Upcalls above;

    public final int tries;
    public final SortedMap<Long, Waiting> waiting = new TreeMap<>();

    @Durable
    public long next;

    Retrying(@Default("3") int tries) {
        this.tries = tries;
    }

    @OnStart
    void start(Node node) {
        node.note("starts");
    }

    @OnDowncall
    int post(NodeId to, Record payload, @Caller String caller, Node node) {
        waiting.put(next, new Waiting(to, payload, caller, 1));
        node.send(to, new Data(next++, payload));
        if (!node.isArmed("again")) {
            node.setTimer("again", Duration.ofSeconds(1));
        }
        return waiting.size();
    }

    @OnMessage
    void data(Data data, @From NodeId from, Node node) {
        node.send(from, new Acknowledgement(data.number()));
        above.received(from, data.payload());
    }

    @OnMessage
    void acknowledgement(Acknowledgement acknowledgement, Node node) {
        waiting.remove(acknowledgement.number());
        if (waiting.isEmpty()) {
            node.cancelTimer("again");
            above.quiet();
        }
    }

    @OnTimer("again")
    void again(Node node) {
        List<Waiting> lost = new ArrayList<>();
        for (Map.Entry<Long, Waiting> each : List.copyOf(waiting.entrySet())) {
            Waiting one = each.getValue();
            if (one.tries() == tries) {
                waiting.remove(each.getKey());
                lost.add(one);
            } else {
                waiting.put(each.getKey(), new Waiting(one.to(), one.payload(), one.layer(), one.tries() + 1));
                node.send(one.to(), new Data(each.getKey(), one.payload()));
            }
        }
        if (!waiting.isEmpty()) {
            node.setTimer("again", Duration.ofSeconds(1));
        }
        lost.forEach(each -> above.lost(each.layer(), each.to()));
    }

    @Safety
    static boolean bounded(Retrying state) {
        return state.waiting.size() < 10;
    }

    @Metric
    static int load(SystemView<Retrying> view) {
        return view.nodes().stream()
                .mapToInt(node -> view.state(node).waiting.size())
                .sum();
    }
}
