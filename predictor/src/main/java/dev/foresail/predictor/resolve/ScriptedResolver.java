package dev.foresail.predictor.resolve;

import dev.foresail.choice.ProtocolException;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Resolves choices by a list of indices, in order; for tests and replays. A script that does not fit is an error. */
public final class ScriptedResolver<S> implements Resolver<S> {
    private final Deque<Integer> script;

    public ScriptedResolver(List<Integer> script) {
        this.script = new ArrayDeque<>(script);
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        return Resolution.Decided.byPolicy(
                next(context.choice(), context.alternatives().size()));
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return next(choice, candidates.size());
    }

    private int next(String choice, int count) {
        Integer index = script.pollFirst();
        if (index == null || index < 0 || index >= count) {
            throw new ProtocolException(
                    "FS130",
                    "the script says " + (index == null ? "nothing more" : "alternative " + index) + " where '" + choice
                            + "' has " + count + " alternatives");
        }
        return index;
    }
}
