package dev.foresail.eval.soak;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Memory;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.randtree.RandTree;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.RealClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Nodes join, then there is a fault every now and then for a long time, then none any more until the tree is whole; the
 * application goes on making calls meanwhile. Everything on the stage's thread; what it has found out is there when the
 * stage is closed.
 */
final class SoakScenario implements Scenario {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOOK_FOR_END = Duration.ofMillis(200);
    private static final int BOOTSTRAP_NODES = 3;

    private final SoakPlan plan;
    private final LiveStage<RandTree> stage;
    private final Interruption interruption;
    private final Progress progress;
    private final Calls calls = new Calls();
    private final Faults faults;
    private final List<Memory.Sample> samples = new ArrayList<>();
    private Optional<Health> health = Optional.empty();
    private Duration healing = Duration.ZERO;
    private List<NodeId> stuck = List.of();
    private long slowestAnswerNanos;

    SoakScenario(SoakPlan plan, LiveStage<RandTree> stage, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.stage = stage;
        this.interruption = interruption;
        this.progress = progress;
        this.faults = new Faults(stage, stage.network(), this::join);
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Duration duration(int nodes) {
        return plan.limit();
    }

    @Override
    public void play(Stage itself, List<Object> values) {
        Duration time = Duration.ZERO;
        for (NodeId node : stage.nodes()) {
            stage.at(time, () -> {
                stage.start(node);
                join(node);
            });
            time = time.plus(plan.joinInterval());
        }
        every(LOOK_FOR_END, Duration.ZERO, plan.limit(), this::lookForEnd);
        every(plan.trafficInterval(), plan.warmUp(), plan.limit(), this::traffic);
        every(plan.faultInterval(), plan.warmUp(), plan.calmFrom(), faults::inject);
        every(plan.sampleInterval(), plan.warmUp(), plan.calmFrom(), this::sample);
        stage.at(plan.calmFrom().plus(plan.settle()), this::lookWhetherWhole);
    }

    private void every(Duration interval, Duration from, Duration until, Runnable action) {
        if (from.compareTo(until) < 0) {
            stage.at(from, () -> {
                action.run();
                every(interval, from.plus(interval), until, action);
            });
        }
    }

    private void lookForEnd() {
        double whole = (double) plan.calmFrom().plus(plan.settle()).toMillis();
        progress.update((double) stage.now().toMillis(), whole);
        if (interruption.isRequested()) {
            stage.finish();
        }
    }

    private void sample() {
        Memory.sample().ifPresent(samples::add);
    }

    /** Joins by way of the first nodes, as by a list that an operator has written, and a random one. */
    private void join(NodeId node) {
        List<NodeId> known = new ArrayList<>(stage.nodes().subList(0, BOOTSTRAP_NODES));
        faults.anyUp(node).ifPresent(known::add);
        known.remove(node);
        stage.running(node).ifPresent(running -> call(running, known));
    }

    private void call(ForesailNode node, List<NodeId> known) {
        CompletableFuture<Void> unused = calls.join(node, known);
    }

    /** Some node hears of another, which it will probe. */
    private void traffic() {
        NodeId node = stage.nodes().get(stage.random().nextInt(stage.nodes().size()));
        faults.anyUp(node).ifPresent(other -> stage.running(node).ifPresent(running -> call(running, List.of(other))));
    }

    private void lookWhetherWhole() {
        healing = stage.now().minus(plan.calmFrom());
        Health now = Health.of(plan.nodes(), states());
        health = Optional.of(now);
        if (now.isWhole() || healing.compareTo(plan.patience()) > 0) {
            lookForStuckNodes();
            stage.finish();
        } else {
            stage.at(stage.now().plus(POLL), this::lookWhetherWhole);
        }
    }

    /** Of the nodes that answer. */
    private SortedMap<NodeId, RandTree> states() {
        SortedMap<NodeId, CompletableFuture<Object>> asked = new TreeMap<>();
        stage.nodes().forEach(node -> stage.running(node).ifPresent(up -> asked.put(node, up.snapshotState())));
        long deadlineNanos = RealClock.nanos() + plan.answerWithin().toNanos();
        SortedMap<NodeId, RandTree> states = new TreeMap<>();
        asked.forEach((node, question) ->
                answer(question, deadlineNanos).ifPresent(state -> states.put(node, (RandTree) state)));
        return states;
    }

    /** Every node is asked for something that its handler has to do. */
    private void lookForStuckNodes() {
        long beganNanos = RealClock.nanos();
        long deadlineNanos = beganNanos + plan.answerWithin().toNanos();
        SortedMap<NodeId, CompletableFuture<Boolean>> asked = new TreeMap<>();
        for (NodeId node : stage.nodes()) {
            List<NodeId> first = List.of(stage.nodes().get(0));
            asked.put(
                    node,
                    stage.running(node)
                            .map(up -> calls.join(up, first).thenApply(done -> true))
                            .orElseGet(() -> CompletableFuture.failedFuture(new IllegalStateException("is down"))));
        }
        stuck = asked.keySet().stream()
                .filter(node -> Optional.ofNullable(asked.get(node))
                        .flatMap(question -> answer(question, deadlineNanos))
                        .isEmpty())
                .toList();
        slowestAnswerNanos = RealClock.nanos() - beganNanos;
    }

    /** Empty when the node does not answer in time, or has ended. */
    private static <T> Optional<T> answer(CompletableFuture<T> question, long deadlineNanos) {
        try {
            long left = Math.max(0, deadlineNanos - RealClock.nanos());
            return Optional.of(question.get(left, TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    Map<Fault, Long> injected() {
        return faults.injected();
    }

    Calls calls() {
        return calls;
    }

    List<Memory.Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** As it was last looked at, without faults any more; empty when it did not come to that. */
    Optional<Health> health() {
        return health;
    }

    /** From the end of the faults until the tree was whole, or it was given up. */
    Duration healing() {
        return healing;
    }

    /** The nodes that did not answer a call in the end. */
    List<NodeId> stuck() {
        return stuck;
    }

    /** How long it took until all had answered, who were asked at the same time. */
    long slowestAnswerNanos() {
        return slowestAnswerNanos;
    }
}
