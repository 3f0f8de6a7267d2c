package dev.foresail.eval.proposer;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.proposer.LogMessages.Session;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Clients ask replicas that are drawn, one command after the other. Some time after the last one it notes {@code executed}, the slots that the replica has executed
 * that is furthest behind; {@code unanswered}, the commands that clients still wait for; {@code operationsAccepted}, for how many commands the replicas that are up
 * were asked, {@code operationsExecuted}, how many of them are executed, and {@code forgotten}, how many neither are nor wait; and ends. One for each form; with {@code --faults} it asks for
 * longer than faults go on.
 */
public abstract class ReplicaClients implements Scenario {
    /** After this nearly every answer has come, whatever has happened before: in 600 runs the last one took 20.3 s (decision 051). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;

    ReplicaClients(String name) {
        this.name = name;
    }

    /** For {@link FixedLeader}. */
    public static final class OfFixedLeader extends ReplicaClients {
        public OfFixedLeader() {
            super("paxos-fixed-leader");
        }
    }

    /** For {@link Mencius}. */
    public static final class OfMencius extends ReplicaClients {
        public OfMencius() {
            super("paxos-mencius");
        }
    }

    /** For {@link ExposedProposer}. */
    public static final class OfExposedProposer extends ReplicaClients {
        public OfExposedProposer() {
            super("paxos-proposer");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("every", Duration.class, Optional.of("100ms")),
                new ParameterDescription("asking", Duration.class, Optional.of("41s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofSeconds(61);
    }

    /**
     * {@code every} is the time between two commands, {@code asking} until when there are any.
     *
     * @throws IllegalArgumentException FS465 when there are not as many nodes as replicas, or a time is not above 0
     */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration every = (Duration) values.get(0);
        Duration asking = (Duration) values.get(1);
        if (every.compareTo(Duration.ZERO) <= 0 || asking.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException(
                    "[FS465] times above 0 between commands and until the last, not " + every + " and " + asking);
        }
        stage.nodes().forEach(stage::start);
        long wrong = stage.nodes().stream()
                .filter(node -> replica(stage, node).replicas != stage.nodes().size())
                .count();
        if (wrong > 0) {
            throw new IllegalArgumentException("[FS465] as many nodes as the protocol has replicas, "
                    + replica(stage, stage.nodes().get(0)).replicas + ", not "
                    + stage.nodes().size());
        }
        ask(stage, every, asking, 1);
        stage.at(asking.plus(PATIENCE), () -> end(stage));
    }

    private static Replica replica(Stage stage, NodeId node) {
        return (Replica) stage.state(node).orElseThrow();
    }

    private static void ask(Stage stage, Duration every, Duration until, long operation) {
        stage.at(stage.now().plus(every), () -> {
            NodeId asked =
                    stage.nodes().get(stage.random().nextInt(stage.nodes().size()));
            if (stage.isUp(asked)) {
                stage.call(asked, "submit", List.of(operation));
            }
            if (stage.now().compareTo(until) < 0) {
                ask(stage, every, until, operation + 1);
            }
        });
    }

    /**
     * Of the commands that the replicas were asked for, those that neither wait nor are executed: a crash that loses one makes its client wait for ever, and
     * nothing else shows it.
     */
    private static void recordOperations(Stage stage, List<Replica> up) {
        SortedMap<NodeId, Session> sessions = up.stream()
                .max(Comparator.comparingLong(Replica::executed))
                .map(replica -> replica.executed.sessions())
                .orElse(Collections.emptySortedMap());
        long accepted = 0;
        long executed = 0;
        long forgotten = 0;
        for (Replica replica : up) {
            Session session = sessions.getOrDefault(replica.self, Session.NEW);
            accepted += replica.asked;
            for (long number = 1; number <= replica.asked; number++) {
                boolean isExecuted = session.hasExecuted(number);
                executed += isExecuted ? 1 : 0;
                forgotten += isExecuted || replica.waiting.containsKey(number) ? 0 : 1;
            }
        }
        stage.record("operationsAccepted", (double) accepted);
        stage.record("operationsExecuted", (double) executed);
        stage.record("forgotten", (double) forgotten);
    }

    private static void end(Stage stage) {
        List<Replica> up = stage.nodes().stream()
                .filter(stage::isUp)
                .map(node -> replica(stage, node))
                .toList();
        stage.record(
                "unanswered",
                up.stream().mapToInt(replica -> replica.waiting.size()).sum());
        recordOperations(stage, up);
        stage.record("executed", (double)
                up.stream().mapToLong(Replica::executed).min().orElse(0));
        stage.finish();
    }
}
