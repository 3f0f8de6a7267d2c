package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.RestingNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Leaves each choice to the resolver that has the objectives for it; one for which there are none is made as the protocol's author declared. */
final class PerChoiceResolver<S> implements Resolver<S> {
    private final SortedMap<String, Resolver<S>> named;
    private final Optional<Resolver<S>> general;
    private final Policy policy;
    private final Map<String, Optional<Resolver<S>>> met = new HashMap<>();

    /** @param named by the names that operators give choices */
    PerChoiceResolver(SortedMap<String, Resolver<S>> named, Optional<Resolver<S>> general, Policy policy) {
        this.named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        this.general = general;
        this.policy = policy;
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        Optional<Resolver<S>> resolver = met.computeIfAbsent(context.choice(), this::resolverOf);
        return resolver.isPresent()
                ? resolver.get().resolve(context)
                : Resolution.Decided.byPolicy(policy.choose(
                        context.options().fallback(),
                        context.choice(),
                        context.alternatives().size()));
    }

    private Optional<Resolver<S>> resolverOf(String choice) {
        String name = nameOf(named.keySet(), choice);
        return name.isEmpty() ? general : Optional.ofNullable(named.get(name));
    }

    /** The name that means a choice, of several the longest, as it says most; empty when none does. */
    static String nameOf(Set<String> names, String choice) {
        String best = "";
        for (String name : names) {
            if (name.length() > best.length() && ChoiceNames.isMeant(name, choice)) {
                best = name;
            }
        }
        return best;
    }

    @Override
    public void met(RestingNode<S> node, Event event) {
        named.values().forEach(resolver -> resolver.met(node, event));
        general.ifPresent(resolver -> resolver.met(node, event));
    }

    @Override
    public void beforeChange(RestingNode<S> node) {
        named.values().forEach(resolver -> resolver.beforeChange(node));
        general.ifPresent(resolver -> resolver.beforeChange(node));
    }

    @Override
    public void changed() {
        named.values().forEach(Resolver::changed);
        general.ifPresent(Resolver::changed);
    }

    @Override
    public void rests(RestingNode<S> node) {
        named.values().forEach(resolver -> resolver.rests(node));
        general.ifPresent(resolver -> resolver.rests(node));
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return general.isPresent()
                ? general.get().resolveNow(choice, candidates)
                : policy.choose(Fallback.RANDOM, choice, candidates.size());
    }
}
