package dev.foresail.steering.config;

import dev.foresail.predictor.scenario.fault.Churn;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import dev.foresail.predictor.simulate.FaultPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the section {@code faults}; of one file. */
final class FaultsBinder {
    private static final String RATE = "a rate above 0 and at most 1000/s, such as 2/min (per s, min or h)";

    private final Problems problems;
    private final Values values;
    private final List<FaultSettings.Timed> times = new ArrayList<>();
    private Churn churn = Churn.NONE;

    FaultsBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    FaultSettings read(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(FaultMix.SWARM)) {
            return new FaultSettings(new FaultPhase(FaultMix.perSeed(FaultMix.SWARM)), times);
        }
        Section section = new Section(node, "faults", problems);
        Optional<Duration> until = value(section, "until", this::time);
        Duration serviceTime = value(section, "serviceTime", values::duration).orElse(Duration.ZERO);
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            value(section, kind.label(), (fault, path) -> fault(kind, fault, path))
                    .ifPresent(faults::add);
        }
        section.finish();
        FaultMix mix = new FaultMix(faults, churn);
        LongFunction<FaultMix> mixes = seed -> mix;
        return new FaultSettings(new FaultPhase(mixes, until, serviceTime), times);
    }

    private static <T> Optional<T> value(Section section, String key, BiFunction<Node, String, Optional<T>> reader) {
        return section.take(key).flatMap(node -> reader.apply(node, section.pathOf(key)));
    }

    /** A time that has to be over in the run. */
    private Optional<Duration> time(Node node, String path) {
        Optional<Duration> time = values.span(node, path);
        time.ifPresent(some -> times.add(new FaultSettings.Timed(problems.place(node), path, some)));
        return time;
    }

    private Optional<Double> rate(Node node, String path) {
        return values.plain(node, path, RATE, FaultMix::rate);
    }

    /** The rate alone, or a map. */
    private Optional<Fault> fault(FaultKind kind, Node node, String path) {
        if (!(node instanceof MappingNode)) {
            Optional<Double> rate = rate(node, path);
            usual(kind, node, path);
            return rate.map(perMinute -> new Fault(kind, perMinute, kind.usually()));
        }
        Section section = new Section(node, path, problems);
        Optional<Double> rate = section.need("rate", "how often it happens in the whole system, such as 2/min")
                .flatMap(given -> rate(given, section.pathOf("rate")));
        Duration lasting = lasting(kind, section);
        if (kind == FaultKind.CHURN) {
            churn(section);
        }
        section.finish();
        return rate.map(perMinute -> new Fault(kind, perMinute, lasting));
    }

    private Duration lasting(FaultKind kind, Section section) {
        if (kind.usually().isZero()) {
            return Duration.ZERO;
        }
        Optional<Node> given = section.take("for");
        if (given.isEmpty()) {
            usual(kind, section.at(), section.pathOf("for"));
            return kind.usually();
        }
        // How long a node is away is drawn, and it is back in time.
        BiFunction<Node, String, Optional<Duration>> reader = kind == FaultKind.CHURN ? values::span : this::time;
        return reader.apply(given.get(), section.pathOf("for")).orElse(kind.usually());
    }

    private void usual(FaultKind kind, Node node, String path) {
        if (!kind.usually().isZero() && kind != FaultKind.CHURN) {
            times.add(new FaultSettings.Timed(problems.place(node), path, kind.usually()));
        }
    }

    private void churn(Section section) {
        value(section, "mostAway", (node, path) -> values.wholeNumber(node, path, 1))
                .ifPresent(most -> churn = churn.mostAway(most));
        value(section, "warmUp", this::time).ifPresent(time -> churn = churn.warmingUp(time));
        if (value(section, "keepsState", values::truth).orElse(false)) {
            churn = churn.keepingState();
        }
    }
}
