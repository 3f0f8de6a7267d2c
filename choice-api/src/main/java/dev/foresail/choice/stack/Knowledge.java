package dev.foresail.choice.stack;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.DeclaredProperty;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.MultisetPredicate;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.machine.TimeOutDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Neighbours, aggregates, metrics and properties of the layers as those of the stack. Immutable. */
final class Knowledge {
    private final Wiring wiring;
    private final List<AggregateDescription<Stack, ?>> aggregates;
    private final List<MetricDescription<Stack>> metrics;
    private final List<PropertyDescription<Stack>> properties;

    Knowledge(Wiring wiring) {
        this.wiring = wiring;
        List<AggregateDescription<Stack, ?>> allAggregates = new ArrayList<>();
        List<MetricDescription<Stack>> allMetrics = new ArrayList<>();
        List<PropertyDescription<Stack>> allProperties = new ArrayList<>();
        LayerNames metricNames = wiring.names(
                each -> each.metrics().stream().map(MetricDescription::name).toList());
        LayerNames propertyNames = wiring.names(each ->
                each.properties().stream().map(PropertyDescription::name).toList());
        for (int layer = 0; layer < wiring.size(); layer++) {
            for (AggregateDescription<Object, ?> each : wiring.machine(layer).aggregates()) {
                allAggregates.add(new LayerAggregate<>(wiring.aggregates().of(layer, each.name()), layer, each));
            }
            for (MetricDescription<Object> each : wiring.machine(layer).metrics()) {
                allMetrics.add(new LayerMetric(metricNames.of(layer, each.name()), layer, each, wiring.aggregates()));
            }
            for (PropertyDescription<Object> each : wiring.machine(layer).properties()) {
                allProperties.add(property(propertyNames.of(layer, each.name()), layer, each));
            }
        }
        this.aggregates = List.copyOf(allAggregates);
        this.metrics = List.copyOf(allMetrics);
        this.properties = List.copyOf(allProperties);
    }

    List<AggregateDescription<Stack, ?>> aggregates() {
        return aggregates;
    }

    List<MetricDescription<Stack>> metrics() {
        return metrics;
    }

    List<PropertyDescription<Stack>> properties() {
        return properties;
    }

    /** Those of all layers that say whose checkpoints they need; empty when none does. */
    Optional<Collection<NodeId>> neighbours(Stack stack) {
        Optional<Collection<NodeId>> found = Optional.empty();
        for (int layer = 0; layer < wiring.size(); layer++) {
            Optional<Collection<NodeId>> own = wiring.machine(layer).neighbours(stack.layer(layer));
            if (own.isPresent() && found.isPresent()) {
                SortedSet<NodeId> both = new TreeSet<>(found.get());
                both.addAll(own.get());
                found = Optional.of(both);
            } else if (own.isPresent()) {
                found = own;
            }
        }
        return found;
    }

    /** Those of all layers, each with the layers on which it rests. */
    List<TimeOutDescription> timeOuts(Stack stack) {
        List<TimeOutDescription> all = new ArrayList<>();
        for (int layer = 0; layer < wiring.size(); layer++) {
            SortedSet<Integer> providers = wiring.below(layer);
            List<String> below =
                    new ArrayList<>(providers.stream().map(wiring.names()::get).toList());
            providers.add(layer);
            if (providers.stream().anyMatch(each -> wiring.machine(each).usesConnections())) {
                below.add(TimeOutDescription.CONNECTIONS);
            }
            for (TimeOutDescription own : wiring.machine(layer).timeOuts(stack.layer(layer))) {
                all.add(new TimeOutDescription(
                        own.layer(), own.name(), own.awaited(), own.duration(), own.isLocal(), below));
            }
        }
        return List.copyOf(all);
    }

    private static PropertyDescription<Stack> property(String name, int layer, PropertyDescription<Object> own) {
        Optional<BiPredicate<? super Stack, NodeId>> atEachNode =
                own.atEachNode().map(each -> (stack, node) -> each.test(stack.layer(layer), node));
        return new DeclaredProperty<>(
                name,
                own.kind(),
                own.within(),
                view -> own.holds(new LayerView(view, layer)),
                atEachNode,
                own.ofMultisets().map(each -> ofMultisets(layer, each)),
                own.readsOnlyStable());
    }

    private static MultisetPredicate<Stack> ofMultisets(int layer, MultisetPredicate<Object> own) {
        List<Contribution<Stack>> contributions = new ArrayList<>();
        for (Contribution<Object> each : own.contributions()) {
            contributions.add(new Contribution<>(
                    each.name(), each.isField(), (stack, node) -> each.of(stack.layer(layer), node)));
        }
        return new MultisetPredicate<>(contributions, own.predicate());
    }

    /** What a property or metric of a layer sees. */
    private record LayerView(SystemView<Stack> view, int layer) implements SystemView<Object> {
        @Override
        public SortedSet<NodeId> nodes() {
            return view.nodes();
        }

        @Override
        public boolean isComplete() {
            return view.isComplete();
        }

        @Override
        public Object state(NodeId node) {
            return view.state(node).layer(layer);
        }

        @Override
        public long ageNanos(NodeId node) {
            return view.ageNanos(node);
        }

        @Override
        public boolean isKnown(NodeId node) {
            return view.isKnown(node);
        }
    }

    private record LayerMetric(String name, int layer, MetricDescription<Object> own, LayerNames aggregates)
            implements MetricDescription<Stack> {
        @Override
        public Unit unit() {
            return own.unit();
        }

        @Override
        public double evaluate(SystemView<Stack> view, AggregateValues values) {
            AggregateValues ofLayer = new AggregateValues() {
                @Override
                public <V> Known<V> of(String name) {
                    return values.of(aggregates.of(layer, name));
                }
            };
            return own.evaluate(new LayerView(view, layer), ofLayer);
        }
    }

    private record LayerAggregate<V>(String name, int layer, AggregateDescription<Object, V> own)
            implements AggregateDescription<Stack, V> {
        @Override
        public Collection<NodeId> over(Stack state) {
            return own.over(state.layer(layer));
        }

        @Override
        public V evaluate(Stack state, Known<V> known) {
            return own.evaluate(state.layer(layer), known);
        }

        @Override
        public boolean isHandOver(Object message) {
            return own.isHandOver(message);
        }

        @Override
        public V afterHandOver(V value, Object message) {
            return own.afterHandOver(value, message);
        }

        @Override
        public void write(V value, StateWriter out) {
            own.write(value, out);
        }

        @Override
        public V read(StateReader in) {
            return own.read(in);
        }
    }
}
