package {{package}};

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.HandOver;
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
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A front node hands requests to workers. Most take 50 ms, one in ten takes 1.5 s. Which worker gets a request is a choice
 * that this class exposes but does not make: the runtime makes it, so that the objective in
 * META-INF/foresail/{{name}}.yaml comes out best.
 */
@Protocol("{{name}}")
public final class {{Class}} {
    /** Somebody wants something done; the front node gets it. */
    public record Request(int millis) {}

    /** The same, handed to a worker. */
    public record Job(int millis) {}

    /** A worker offers itself to the front node. */
    public record Ready() {}

    // Final fields that the constructor sets are configuration; YAML sets them under 'parameters'.
    final Duration interval;

    // All other fields are state: the runtime copies it, looks ahead with the copies, and shows it.
    final SortedSet<NodeId> workers = new TreeSet<>();
    final Deque<Integer> queue = new ArrayDeque<>();
    Optional<NodeId> boss = Optional.empty();
    int backlogMillis;
    int done;

    public {{Class}}(@Default("100ms") Duration interval) {
        this.interval = interval;
    }

    boolean hasWorkers() {
        return !workers.isEmpty();
    }

    /** Asked of the front node: requests begin to arrive. */
    @OnCall
    void open(Node node) {
        node.setTimer("arrival", interval);
    }

    /** Asked of a worker. */
    @OnCall
    void enlist(NodeId front, Node node) {
        boss = Optional.of(front);
        offer(node);
    }

    @OnTimer("offer")
    void offer(Node node) {
        boss.ifPresent(front -> node.send(front, new Ready()));
    }

    @OnMessage
    void employ(Ready ready, @From NodeId worker) {
        workers.add(worker);
    }

    @OnTimer("arrival")
    void arrive(Node node) {
        int millis = node.random(10) == 0 ? 1500 : 50;
        node.send(node.self(), new Request(millis));
        node.setTimer("arrival", interval);
    }

    /** The choice: any of the workers. The request may wait up to 50 ms for a prediction. */
    @OnMessage(when = "hasWorkers", otherwise = Otherwise.DEFER)
    void dispatch(Request request, @ChoicePoint(from = "workers", await = "50ms") NodeId worker, Node node) {
        node.send(worker, new Job(request.millis()));
    }

    @OnMessage
    void work(Job job, Node node) {
        queue.addLast(job.millis());
        backlogMillis += job.millis();
        if (queue.size() == 1) {
            node.setTimer("finish", Duration.ofMillis(job.millis()));
        }
    }

    @OnTimer("finish")
    void finish(Node node) {
        backlogMillis -= queue.removeFirst();
        done++;
        if (!queue.isEmpty()) {
            node.setTimer("finish", Duration.ofMillis(queue.getFirst()));
        }
    }

    /** A worker that has lost the front node, or come before it, offers itself again. */
    @OnConnectionError
    void lost(NodeId peer, Node node) {
        workers.remove(peer);
        if (boss.equals(Optional.of(peer))) {
            node.setTimer("offer", Duration.ofSeconds(1));
        }
    }

    /** Whose states this node wants to know. */
    @Neighbours
    SortedSet<NodeId> team() {
        return workers;
    }

    /** What a node tells its neighbours about itself: how long its queue takes. */
    @Aggregate
    static int backlog({{Class}} node, Known<Integer> workers) {
        return node.backlogMillis;
    }

    /** What a job adds to it, long before the worker says so itself. */
    @HandOver("backlog")
    static int handedOver(int backlog, Job job) {
        return backlog + job.millis();
    }

    /** What objectives can name: small when the work is spread evenly (the sum of the squared backlogs, in seconds). */
    @Metric
    static double unevenness(SystemView<{{Class}}> system, Known<Integer> backlog) {
        return backlog.fold(0.0, (sum, millis) -> sum + millis / 1000.0 * (millis / 1000.0));
    }

    @Metric
    static int jobsDone(SystemView<{{Class}}> system) {
        int sum = 0;
        for (NodeId node : system.nodes()) {
            sum += system.state(node).done;
        }
        return sum;
    }

    @Safety
    static boolean backlogIsTheSumOfTheQueue({{Class}} node) {
        return node.backlogMillis == node.queue.stream().mapToInt(Integer::intValue).sum();
    }
}
