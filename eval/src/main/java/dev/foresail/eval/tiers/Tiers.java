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

    /** What changes is told, each 20 ms at most: a job that nobody has heard of has come since. Of the last hop only, and as exports are configured by default. */
    private static final long UNHEARD_NANOS = 20_000_000L;

    public Tiers(
            @Default("250ms") Duration period, @Default("150ms") Duration limit, @Default("10ms") Duration taskTime) {
        super(period, limit, taskTime);
    }

    /**
     * A server is as any of the broker's, of which that one is drawn: it has jobs and goes on having them, has worked on its backlog since that was told, and may have got another job that nobody
     * has heard of yet. Where nothing was told, nothing is made up, as of one that is first sent something by no broker.
     */
    @Generic
    void server(@From NodeId broker, Known<Quantiles> backlog, Known<Jobs> jobs, Node node) {
        Jobs usual = jobs.atOr(broker, Jobs.NONE);
        Quantiles told = backlog.atOr(broker, Quantiles.EMPTY);
        if (usual.equals(Jobs.NONE) || told.equals(Quantiles.EMPTY)) {
            return;
        }
        jobNanos = usual.nanos().draw(node::random);
        gapNanos = usual.gapNanos().draw(node::random);
        long leftNanos = leftNanos(told.draw(node::random), backlog.ageNanos(broker), node);
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
     */
    private long leftNanos(long backlogNanos, long ageNanos, Node node) {
        long unheardNanos = Math.min(ageNanos, UNHEARD_NANOS);
        if (node.random(THOUSAND) >= THOUSAND * unheardNanos / Math.max(1, gapNanos)) {
            return Math.max(0, backlogNanos - ageNanos);
        }
        long sinceNanos = unheardNanos * node.random(THOUSAND) / THOUSAND;
        long whenItCameNanos = Math.max(0, backlogNanos - (ageNanos - sinceNanos)) + jobNanos;
        return Math.max(0, whenItCameNanos - sinceNanos);
    }
}
