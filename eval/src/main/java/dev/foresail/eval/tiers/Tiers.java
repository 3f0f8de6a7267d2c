package dev.foresail.eval.tiers;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Generic;
import dev.foresail.choice.Known;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.sketch.Quantiles;
import dev.foresail.eval.tiers.TiersMessages.Jobs;
import dev.foresail.eval.tiers.TiersMessages.Work;
import java.time.Duration;
import java.util.Optional;

/** Requests through brokers, with servers that front ends imagine from what their brokers tell of them. */
@Protocol("tiers")
public final class Tiers extends TiersNode {
    private static final int THOUSAND = 1_000;

    public Tiers(
            @Default("250ms") Duration period, @Default("150ms") Duration limit, @Default("10ms") Duration taskTime) {
        super(period, limit, taskTime);
    }

    /**
     * A server has jobs as it has told its broker, else as any of the broker's servers, and goes on having them. It has worked on its backlog since it told it. It may have got another
     * job since the broker was heard of, but hardly before: the broker would have been told. Of whom nobody has told anything, nothing is made up, as of one that is first sent
     * something by no broker.
     */
    @Generic
    void server(@From NodeId broker, Known<Quantiles> backlog, Known<Jobs> jobs, Node node) {
        Jobs usual = jobs.at(node.self()).orElseGet(() -> jobs.atOr(broker, Jobs.NONE));
        Quantiles told = backlog.at(node.self()).orElseGet(() -> backlog.atOr(broker, Quantiles.EMPTY));
        if (usual.equals(Jobs.NONE) || told.equals(Quantiles.EMPTY)) {
            return;
        }
        jobNanos = usual.nanos().draw(node::random);
        gapNanos = usual.gapNanos().draw(node::random);
        long toldNanos = told.draw(node::random);
        long ageNanos = backlog.ageNanos(backlog.at(node.self()).isPresent() ? node.self() : broker);
        long leftNanos = leftNanos(toldNanos, ageNanos, Math.min(ageNanos, backlog.ageNanos(broker)), node);
        if (leftNanos > 0) {
            add(new Work(Optional.empty(), 0, leftNanos), node);
        }
        armJob(node);
    }

    /**
     * What is left of a backlog and of a job that may have come to it meanwhile.
     *
     * @param backlogNanos as it was told
     * @param ageNanos how long ago that was
     * @param unheardNanos how long nobody has heard whether a job has come, at most as long
     */
    private long leftNanos(long backlogNanos, long ageNanos, long unheardNanos, Node node) {
        if (node.random(THOUSAND) >= THOUSAND * unheardNanos / Math.max(1, gapNanos)) {
            return Math.max(0, backlogNanos - ageNanos);
        }
        long sinceNanos = unheardNanos * node.random(THOUSAND) / THOUSAND;
        long whenItCameNanos = Math.max(0, backlogNanos - (ageNanos - sinceNanos)) + jobNanos;
        return Math.max(0, whenItCameNanos - sinceNanos);
    }
}
