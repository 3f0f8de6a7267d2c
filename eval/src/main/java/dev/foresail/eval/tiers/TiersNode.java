package dev.foresail.eval.tiers;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.choice.sketch.Quantiles;
import dev.foresail.eval.tiers.TiersMessages.Answer;
import dev.foresail.eval.tiers.TiersMessages.Jobs;
import dev.foresail.eval.tiers.TiersMessages.Request;
import dev.foresail.eval.tiers.TiersMessages.Task;
import dev.foresail.eval.tiers.TiersMessages.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A front end sends requests to one of its brokers, which is the choice; the broker hands each to one of its servers, drawn at random; the server does what it
 * has to do one after the other, work of its own among it, and answers the front end. A request that is not answered within a limit is late.
 * A front end knows its brokers, but none of their servers.
 */
abstract class TiersNode {
    /** Backlogs are told as exactly as this. */
    private static final long SLICE_NANOS = 25_000_000L;

    private static final double NANOS_PER_MILLISECOND = 1e6;

    final Duration period;
    final Duration limit;
    final Duration taskTime;

    /** A front end's brokers, or a broker's servers. */
    @Neighbours
    final SortedSet<NodeId> below = new TreeSet<>();

    /** Of a front end: the latest request. */
    int number;

    NodeId asked = NodeId.of(0);
    long askedAtNanos;
    boolean isOpen;
    boolean isLate;
    long waitedNanos;

    /** Of a server. */
    final Deque<Work> queue = new ArrayDeque<>();

    long jobNanos;
    long gapNanos;

    /**
     * @param period of a front end's requests
     * @param limit after which a request is late, less than the period
     * @param taskTime how long a request takes a server
     */
    TiersNode(Duration period, Duration limit, Duration taskTime) {
        this.period = period;
        this.limit = limit;
        this.taskTime = taskTime;
    }

    /** Asked of a front end: use these brokers. */
    @OnCall
    void use(List<NodeId> brokers, Duration firstRequest, Node node) {
        below.addAll(brokers);
        node.setTimer("request", firstRequest);
    }

    /** Asked of a broker: hand on to these servers. */
    @OnCall
    void lead(List<NodeId> servers) {
        below.addAll(servers);
    }

    /** Asked of a server: do work of its own, for {@code job} each time, with gaps of up to twice {@code gap} between the beginnings. */
    @OnCall
    void serve(Duration job, Duration gap, Node node) {
        jobNanos = job.toNanos();
        gapNanos = gap.toNanos();
        armJob(node);
    }

    final void armJob(Node node) {
        int thousandths = node.random(2_000);
        node.setTimer("job", Duration.ofNanos(gapNanos / 1_000 * thousandths));
    }

    /** The choice. */
    @OnTimer("request")
    void request(@ChoicePoint(from = "below", fallback = Fallback.RANDOM, await = "50ms") NodeId broker, Node node) {
        number++;
        asked = broker;
        askedAtNanos = node.nowNanos();
        isOpen = true;
        isLate = false;
        node.setTimer("request", period);
        node.setTimer("limit", limit);
        node.send(broker, new Request(number));
    }

    @OnTimer("limit")
    void late() {
        isOpen = false;
        isLate = true;
        waitedNanos = limit.toNanos();
    }

    boolean isAwaited(Answer answer) {
        return isOpen && answer.number() == number;
    }

    @OnMessage(when = "isAwaited", otherwise = Otherwise.DROP)
    void answered(Answer answer, Node node) {
        isOpen = false;
        waitedNanos = node.nowNanos() - askedAtNanos;
        node.cancelTimer("limit");
    }

    @OnMessage
    void handOn(Request request, @From NodeId client, Node node) {
        List<NodeId> servers = new ArrayList<>(below);
        if (servers.isEmpty()) {
            return; // Somebody takes it for a broker, in a future at least.
        }
        node.send(servers.get(node.random(servers.size())), new Task(client, request.number()));
    }

    @OnMessage
    void take(Task task, Node node) {
        add(new Work(Optional.of(task.client()), task.number(), taskTime.toNanos()), node);
    }

    @OnTimer("job")
    void ownJob(Node node) {
        armJob(node);
        add(new Work(Optional.empty(), 0, jobNanos), node);
    }

    final void add(Work work, Node node) {
        queue.addLast(work);
        if (!node.isArmed("work")) {
            armWork(node);
        }
    }

    private void armWork(Node node) {
        node.setTimer(
                "work", Duration.ofNanos(Math.min(SLICE_NANOS, queue.getFirst().nanos())));
    }

    @OnTimer("work")
    void work(Node node) {
        Work first = queue.removeFirst();
        if (first.nanos() > SLICE_NANOS) {
            queue.addFirst(new Work(first.client(), first.number(), first.nanos() - SLICE_NANOS));
        } else {
            first.client().ifPresent(client -> node.send(client, new Answer(first.number())));
        }
        if (!queue.isEmpty()) {
            armWork(node);
        }
    }

    /** How long the server, or each one below, would take for what waits there, in nanoseconds. */
    @Aggregate
    static Quantiles backlog(TiersNode node, Known<Quantiles> below) {
        if (node.below.isEmpty()) {
            return Quantiles.of(node.queue.stream().mapToLong(Work::nanos).sum());
        }
        return below.fold(Quantiles.EMPTY, Quantiles::plus);
    }

    /** What the server, or those below, do besides. */
    @Aggregate
    static Jobs jobs(TiersNode node, Known<Jobs> below) {
        if (node.below.isEmpty()) {
            return node.gapNanos == 0 ? Jobs.NONE : new Jobs(Quantiles.of(node.jobNanos), Quantiles.of(node.gapNanos));
        }
        return below.fold(Jobs.NONE, Jobs::plus);
    }

    /** How long front ends have waited for their latest requests, up to the limit: what is foreseen. */
    @Metric(unit = Unit.MILLISECONDS)
    static double waited(SystemView<TiersNode> view) {
        return view.nodes().stream()
                        .mapToLong(node -> view.state(node).waitedNanos)
                        .sum()
                / NANOS_PER_MILLISECOND;
    }

    /** The mean backlog behind the brokers that were asked last: as aggregates say, without foreseeing anything. */
    @Metric(unit = Unit.MILLISECONDS)
    static double meanBacklog(SystemView<TiersNode> view, Known<Quantiles> backlog) {
        return view.nodes().stream()
                        .filter(node -> view.state(node).number > 0)
                        .mapToDouble(node -> backlog.atOr(view.state(node).asked, Quantiles.EMPTY)
                                .mean())
                        .sum()
                / NANOS_PER_MILLISECOND;
    }

    /** The share of the servers behind the brokers that were asked last whose backlog alone takes longer than the limit: what an author writes who knows the objective. */
    @Metric
    static double shareLate(SystemView<TiersNode> view, Known<Quantiles> backlog) {
        return view.nodes().stream()
                .map(view::state)
                .filter(state -> state.number > 0)
                .mapToDouble(state -> backlog.atOr(state.asked, Quantiles.EMPTY)
                        .shareAbove(state.limit.minus(state.taskTime).toNanos()))
                .sum();
    }
}
