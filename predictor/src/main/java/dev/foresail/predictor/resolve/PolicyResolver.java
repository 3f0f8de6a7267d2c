package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Resolves every choice by one policy: {@code random}, {@code first} or {@code round-robin}. */
public final class PolicyResolver<S> implements Resolver<S> {
    private final Fallback fallback;
    private final Policy policy;

    /** @param random a seeded draw below a bound */
    public PolicyResolver(Fallback fallback, IntUnaryOperator random) {
        this.fallback = fallback;
        this.policy = new Policy(random);
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        return Resolution.Decided.byPolicy(
                policy.choose(fallback, context.choice(), context.alternatives().size()));
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return policy.choose(fallback, choice, candidates.size());
    }
}
