package dev.foresail.predictor.campaign;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.simulate.ResolverFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The choices of one run: remembers those that do not take what comes first and, where it is given some, lets these be made, and all
 * others take what comes first. The nodes' resolvers are asked all the same: when a choice is made stays their matter, and so does what is
 * drawn for it. For one run only; not thread-safe.
 */
final class ChoiceScript {
    /** Of more choices none is remembered one by one. */
    static final int MOST_KEPT = 10_000;

    private final boolean isGiven;
    private final Map<Moment, ChoiceOccurrence> byTime = new HashMap<>();
    private final Map<Place, ChoiceOccurrence> byNumber = new HashMap<>();
    private final Map<Name, Count> counts = new HashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private LongSupplier worldNanos = () -> 0;
    private long made;
    private long others;

    private record Name(NodeId node, String choice) {}

    private record Moment(Name name, long atNanos, int turn) {}

    private record Place(Name name, int number) {}

    /** How many choices a node has made under a name: the last one's time, its turn then, and its number. */
    private record Count(long atNanos, int turn, int number) {
        static final Count NONE = new Count(-1, 0, 0);

        Count next(long nanos) {
            return new Count(nanos, nanos == atNanos ? turn + 1 : 1, number + 1);
        }
    }

    /**
     * A choice that did not take what comes first.
     *
     * @param alternatives how many there were to take from
     * @param what the alternatives taken
     */
    record Taken(ChoiceOccurrence choice, int alternatives, List<?> what) {}

    /** @param given empty when the resolvers decide */
    ChoiceScript(Optional<List<ChoiceOccurrence>> given) {
        this.isGiven = given.isPresent();
        given.orElse(List.of()).forEach(each -> {
            Name name = new Name(each.node(), each.choice());
            byTime.put(new Moment(name, each.atNanos(), each.turn()), each);
            byNumber.put(new Place(name, each.number()), each);
        });
    }

    /** How many choices were made so far between several alternatives. */
    long made() {
        return made;
    }

    /** Whether {@link #taken} has all of them. */
    boolean isWhole() {
        return others == taken.size();
    }

    /** The first {@link #MOST_KEPT} that did not take what comes first, in the order in which they were made. */
    List<Taken> taken() {
        return taken;
    }

    /** From now on choices are noted with the world's time: the nodes' clocks may be wrong. */
    void tellTime(LongSupplier nanos) {
        worldNanos = nanos;
    }

    /** The resolvers of this run. */
    <S> ResolverFactory<S> over(ResolverFactory<S> own) {
        return (self, clock, surroundings, seed) -> new Scripted<>(self, own.create(self, clock, surroundings, seed));
    }

    /**
     * Makes a choice.
     *
     * @param own the indices that the resolver takes, growing
     * @param alternatives how many there are
     * @param alternative each of them, by its index
     * @return the indices that are taken
     */
    private List<Integer> take(
            NodeId node, String choice, List<Integer> own, int alternatives, IntFunction<?> alternative) {
        if (own.size() == alternatives || own.isEmpty()) {
            return own;
        }
        made++;
        Name name = new Name(node, choice);
        Count count = counts.getOrDefault(name, Count.NONE).next(worldNanos.getAsLong());
        counts.put(name, count);
        List<Integer> first = IntStream.range(0, own.size()).boxed().toList();
        List<Integer> indices = !isGiven
                ? own
                : given(name, count)
                        .map(ChoiceOccurrence::taken)
                        .filter(each -> fits(each, own.size(), alternatives))
                        .orElse(first);
        if (!indices.equals(first)) {
            others++;
            if (taken.size() < MOST_KEPT) {
                taken.add(new Taken(
                        new ChoiceOccurrence(node, choice, count.atNanos(), count.turn(), count.number(), indices),
                        alternatives,
                        indices.stream().map(alternative::apply).toList()));
            }
        }
        return indices;
    }

    /** What is given for this choice; each that is given is made once. */
    private Optional<ChoiceOccurrence> given(Name name, Count count) {
        ChoiceOccurrence found = byTime.get(new Moment(name, count.atNanos(), count.turn()));
        if (found == null) {
            found = byNumber.get(new Place(name, count.number()));
        }
        if (found != null) {
            byTime.remove(new Moment(name, found.atNanos(), found.turn()));
            byNumber.remove(new Place(name, found.number()));
        }
        return Optional.ofNullable(found);
    }

    /** In another run there may be fewer alternatives. */
    private static boolean fits(List<Integer> indices, int count, int alternatives) {
        return indices.size() == count && indices.get(count - 1) < alternatives;
    }

    private final class Scripted<S> implements Resolver<S> {
        private final NodeId self;
        private final Resolver<S> own;

        Scripted(NodeId self, Resolver<S> own) {
            this.self = self;
            this.own = own;
        }

        @Override
        public Resolution resolve(ChoiceContext<S> context) {
            Resolution resolution = own.resolve(context);
            if (!(resolution instanceof Resolution.Decided decided)) {
                return resolution;
            }
            List<Integer> indices = take(
                    self,
                    context.choice(),
                    List.of(decided.index()),
                    context.alternatives().size(),
                    each -> context.alternatives().get(each).bindings());
            int index = indices.get(0);
            // What was predicted argues for the resolver's own alternative only.
            return index == decided.index() ? decided : Resolution.Decided.byPolicy(index);
        }

        @Override
        public int resolveNow(String choice, List<?> candidates) {
            List<Integer> index = List.of(own.resolveNow(choice, candidates));
            return take(self, choice, index, candidates.size(), candidates::get).get(0);
        }

        @Override
        public List<Integer> resolveSome(String choice, List<?> candidates, int count) {
            List<Integer> indices = own.resolveSome(choice, candidates, count);
            return take(self, choice, indices, candidates.size(), candidates::get);
        }

        @Override
        public void met(RestingNode<S> node, Event event) {
            own.met(node, event);
        }

        @Override
        public void beforeChange(RestingNode<S> node) {
            own.beforeChange(node);
        }

        @Override
        public void changed() {
            own.changed();
        }

        @Override
        public void rests(RestingNode<S> node) {
            own.rests(node);
        }

        @Override
        public boolean looksAhead() {
            return own.looksAhead();
        }
    }
}
