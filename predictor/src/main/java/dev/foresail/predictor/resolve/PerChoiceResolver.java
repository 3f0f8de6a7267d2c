package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.RestingNode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The longest name says most. */
    private Optional<Resolver<S>> resolverOf(String choice) {
        String best = "";
        for (String name : named.keySet()) {
            if (name.length() > best.length() && ChoiceNames.isMeant(name, choice)) {
                best = name;
            }
        }
        return best.isEmpty() ? general : Optional.ofNullable(named.get(best));
    }

    @Override
    public void met(NodeId self, S state, Event event) {
        thinking().forEach(resolver -> resolver.met(self, state, event));
    }

    @Override
    public void rests(RestingNode<S> node) {
        thinking().forEach(resolver -> resolver.rests(node));
    }

    /** Each of them thinks ahead about all choices, so it is left to the general one where there is one. */
    private Collection<Resolver<S>> thinking() {
        return general.map(resolver -> (Collection<Resolver<S>>) List.of(resolver))
                .orElse(named.values());
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
