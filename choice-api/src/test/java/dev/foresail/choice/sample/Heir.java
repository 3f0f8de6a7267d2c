package dev.foresail.choice.sample;

import dev.foresail.choice.Default;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Node;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;

/** A protocol of which all but a call and a metric is inherited. */
@Protocol("heir")
public final class Heir extends Doubling {
    int told;

    Heir(@Default("10") int most) {
        super(most);
    }

    @OnCall
    void tell(int value, Node node) {
        told++;
        node.send(node.self(), new Number(value));
    }

    @Metric
    static int told(SystemView<Heir> view) {
        return view.nodes().stream().mapToInt(id -> view.state(id).told).sum();
    }
}
