package dev.foresail.eval.tiers;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Generic;
import dev.foresail.choice.Known;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.sketch.Quantiles;
import dev.foresail.eval.tiers.TiersMessages.Work;
import java.time.Duration;
import java.util.Optional;

/** Requests through brokers, with servers that front ends imagine from what their brokers tell of them. */
@Protocol("tiers")
public final class Tiers extends TiersNode {
    public Tiers(
            @Default("250ms") Duration period, @Default("150ms") Duration limit, @Default("10ms") Duration taskTime) {
        super(period, limit, taskTime);
    }

    /** A server's backlog is what its broker was told last, else that of one of the broker's servers; with nothing known there is none. */
    @Generic
    void server(@From NodeId broker, Known<Quantiles> backlog, Node node) {
        long nanos = backlog.at(node.self())
                .or(() -> backlog.at(broker))
                .filter(told -> told.total() > 0)
                .map(told -> told.draw(node::random))
                .orElse(0L);
        if (nanos > 0) {
            add(new Work(Optional.empty(), 0, nanos), node);
        }
    }
}
