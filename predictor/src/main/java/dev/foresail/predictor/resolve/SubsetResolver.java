package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.subset.SubsetAnswer;
import dev.foresail.predictor.subset.SubsetAnswer.How;
import dev.foresail.predictor.subset.SubsetBudget;
import dev.foresail.predictor.subset.SubsetProblem;
import dev.foresail.predictor.subset.SubsetSolver;
import dev.foresail.predictor.text.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Makes choices of several nodes as the operator wishes, and leaves all others to another resolver; also those that cannot be made so,
 * which it says once for each choice and reason. So a protocol never stops for a wish. Its search has a budget of steps: decisions do not depend on
 * the machine.
 */
final class SubsetResolver<S> implements Resolver<S> {
    /** Some milliseconds: a handler waits for it. */
    private static final SubsetBudget BUDGET = SubsetBudget.ofSteps(2_000_000);

    private final NodeId self;
    private final Resolver<S> otherwise;
    private final SortedMap<String, SubsetWish> wishes;
    private final LinkDelays links;
    private final Consumer<String> notices;
    private final Set<String> said = new HashSet<>();

    SubsetResolver(
            NodeId self,
            Resolver<S> otherwise,
            SortedMap<String, SubsetWish> wishes,
            LinkDelays links,
            Consumer<String> notices) {
        this.self = self;
        this.otherwise = otherwise;
        this.wishes = wishes;
        this.links = links;
        this.notices = notices;
    }

    @Override
    public Resolution resolve(ChoiceContext<S> context) {
        return otherwise.resolve(context);
    }

    @Override
    public int resolveNow(String choice, List<?> candidates) {
        return otherwise.resolveNow(choice, candidates);
    }

    @Override
    public void met(RestingNode<S> node, Event event) {
        otherwise.met(node, event);
    }

    @Override
    public void beforeChange(RestingNode<S> node) {
        otherwise.beforeChange(node);
    }

    @Override
    public void changed() {
        otherwise.changed();
    }

    @Override
    public void rests(RestingNode<S> node) {
        otherwise.rests(node);
    }

    @Override
    public boolean looksAhead() {
        return otherwise.looksAhead();
    }

    @Override
    public List<Integer> resolveSome(String choice, List<?> candidates, int count) {
        String name = choice.substring(choice.indexOf('.') + 1);
        if (!wishes.containsKey(name)) {
            sayOnce(name, "FS382", "no wish of 'choices' is for '" + name + "'" + Nearest.hint(name, wishes.keySet()));
            return otherwise.resolveSome(choice, candidates, count);
        }
        if (!candidates.stream().allMatch(NodeId.class::isInstance)) {
            sayOnce(name, "FS381", "the candidates of '" + name + "' are no nodes, of which alone figures are known");
            return otherwise.resolveSome(choice, candidates, count);
        }
        SubsetProblem problem;
        try {
            problem = wishes.get(name)
                    .problem(candidates.stream().map(NodeId.class::cast).toList(), count, self, links);
        } catch (IllegalArgumentException tooLarge) {
            sayOnce(name, "FS381", "'" + name + "': " + tooLarge.getMessage() + "; chosen without the wish");
            return otherwise.resolveSome(choice, candidates, count);
        }
        // What would have to give way is looked for when it is said, once.
        SubsetAnswer answer = said.contains("FS381" + name)
                ? SubsetSolver.solveOrNone(problem, BUDGET)
                : SubsetSolver.solve(problem, BUDGET);
        if (answer.how() == How.INFEASIBLE || answer.how() == How.UNKNOWN) {
            sayOnce(
                    name,
                    "FS381",
                    "'" + name + "', " + count + " of " + candidates.size() + ": " + answer.inWords()
                            + "; chosen without the wish");
            return otherwise.resolveSome(choice, candidates, count);
        }
        if (answer.how() == How.GREEDY) {
            sayOnce(
                    name,
                    "FS383",
                    "'" + name + "', " + count + " of " + candidates.size() + ": " + answer.inWords()
                            + "; proving more takes longer than a handler may wait");
        }
        return answer.chosen();
    }

    private void sayOnce(String choice, String code, String text) {
        if (said.add(code + choice)) {
            notices.accept("[" + code + "] " + self + ": " + text);
        }
    }
}
