package dev.foresail.eval.latency;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A client sends tasks to a dispatcher, which hands each to one of its workers. Which one is a repeatable choice whose
 * values depend on what the workers tell of themselves and hardly ever change: after the first predictions every decision is
 * made from known values, one per task, as fast as tasks arrive.
 */
@Protocol("dispatching")
public final class Dispatching {
    /** Client to dispatcher. */
    public record Task(int units) {}

    /** Dispatcher to worker. */
    public record Job(int units) {}

    /** Worker to dispatcher. */
    public record Ready() {}

    final Duration burstInterval;
    final int burst;

    /** State, not configuration: a node reads its neighbours' checkpoints with a configuration of its own. */
    int slowness = 1;

    final SortedSet<NodeId> workers = new TreeSet<>();
    NodeId dispatcher = NodeId.of(0);
    int tasksLeft;
    long work;

    /**
     * @param burstInterval between two bursts of tasks
     * @param burst tasks in a burst
     */
    public Dispatching(@Default("1ms") Duration burstInterval, @Default("5") int burst) {
        this.burstInterval = burstInterval;
        this.burst = burst;
    }

    /** From now on a unit of work costs {@code cost} here. */
    public void beWorker(int cost) {
        slowness = cost;
    }

    /** Asked of a worker, for which a unit of work costs {@code cost}: offer yourself. */
    @OnCall
    void enlist(NodeId employer, int cost, Node node) {
        beWorker(cost);
        node.send(employer, new Ready());
    }

    /** Asked of the client: send so many tasks, in bursts that leave the dispatcher time to breathe. */
    @OnCall
    void load(NodeId target, int tasks, Node node) {
        dispatcher = target;
        tasksLeft += tasks;
        node.setTimer("burst", burstInterval);
    }

    @OnTimer("burst")
    void burst(Node node) {
        int now = Math.min(burst, tasksLeft);
        for (int sent = 0; sent < now; sent++) {
            node.send(dispatcher, new Task(1));
        }
        tasksLeft -= now;
        if (tasksLeft > 0) {
            node.setTimer("burst", burstInterval);
        }
    }

    @OnMessage
    void employ(Ready ready, @From NodeId worker) {
        workers.add(worker);
    }

    boolean hasWorkers() {
        return !workers.isEmpty();
    }

    /** The choice that is measured. */
    @OnMessage(when = "hasWorkers", otherwise = Otherwise.DEFER)
    void dispatch(
            Task task,
            @ChoicePoint(from = "workers", fallback = Fallback.ROUND_ROBIN, repeatable = true) NodeId worker,
            Node node) {
        node.send(worker, new Job(task.units()));
    }

    @OnMessage
    void perform(Job job) {
        work += (long) job.units() * slowness;
    }

    @OnConnectionError
    void lost(NodeId peer) {
        workers.remove(peer);
    }

    /** Whose states the dispatcher wants to know. */
    @Neighbours
    SortedSet<NodeId> team() {
        return workers;
    }

    /** What a unit of work costs at a worker. */
    @Aggregate
    static int slowness(Dispatching node, Known<Integer> workers) {
        return node.slowness;
    }

    /** The work done in all, weighed with what it costs. */
    @Metric
    static double totalWork(SystemView<Dispatching> system) {
        double sum = 0;
        for (NodeId node : system.nodes()) {
            sum += system.state(node).work;
        }
        return sum;
    }
}
