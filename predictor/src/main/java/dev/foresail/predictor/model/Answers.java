package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What generic nodes may answer: nodes that a model does not have, but of whose kind it is known what nodes have answered to
 * messages of each type (HotOS 2009, section 3.3.2). Immutable.
 *
 * <p>An answer is what was seen, with the ids of those two exchanged for the ids of the generic node and of who asks it now; all
 * else in it stays as it was. That is a guess: what follows from it is possible, and no more.
 *
 * @param nodes those that may answer
 * @param seen the answers that were seen, at most one of each type to each type
 */
public record Answers(SortedSet<NodeId> nodes, List<Seen> seen) {
    /** How many messages of one step are answered, the first ones: one step may send hundreds, each answered in several ways. */
    static final int MOST_IN_A_STEP = 3;

    private static final HexFormat HEX = HexFormat.of();

    /** Nobody answers. */
    public static final Answers NONE = new Answers(Collections.emptySortedSet(), List.of());

    public Answers {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        seen = List.copyOf(seen);
    }

    /**
     * A message that a node has sent after it was asked something.
     *
     * @param question the type of the message before
     * @param hex the canonical bytes of the answer, hexadecimal
     */
    public record Seen(Class<?> question, NodeId asker, NodeId answerer, String hex) {
        /** @param answer what {@code answerer} has sent to {@code asker} after a message of that type */
        public static Seen of(Machine<?> machine, Class<?> question, NodeId asker, NodeId answerer, Object answer) {
            StateWriter out = new StateWriter();
            machine.writeMessage(answer, out);
            return new Seen(question, asker, answerer, HEX.formatHex(out.toByteArray()));
        }
    }

    /** Whether nobody answers anything. */
    public boolean isEmpty() {
        return nodes.isEmpty() || seen.isEmpty();
    }

    /** The same answers, of these nodes. */
    public Answers of(Collection<NodeId> others) {
        return new Answers(new TreeSet<>(others), seen);
    }

    /**
     * What {@code node} may answer to {@code question}, in the order of {@link #seen}; without what is no message any more when
     * other ids are put into it.
     */
    public List<Object> to(Machine<?> machine, NodeId asker, NodeId node, Object question) {
        if (!nodes.contains(node)) {
            return List.of();
        }
        List<Object> answers = new ArrayList<>();
        for (Seen each : seen) {
            if (each.question().equals(question.getClass())) {
                read(machine, each, asker, node).ifPresent(answers::add);
            }
        }
        return answers;
    }

    /** What is answered to one step of {@code asker}. */
    public InStep inStep(Machine<?> machine, NodeId asker) {
        return new InStep(machine, asker);
    }

    /** Counts the answers within a step. Not thread-safe. */
    public final class InStep {
        private final Machine<?> machine;
        private final NodeId asker;
        private int answered;

        private InStep(Machine<?> machine, NodeId asker) {
            this.machine = machine;
            this.asker = asker;
        }

        /** As {@link Answers#to}, to the next message of the step; empty when there were enough. */
        public List<Object> to(NodeId node, Object question) {
            if (answered == MOST_IN_A_STEP) {
                return List.of();
            }
            List<Object> answers = Answers.this.to(machine, asker, node, question);
            answered += answers.isEmpty() ? 0 : 1;
            return answers;
        }
    }

    private static Optional<Object> read(Machine<?> machine, Seen seen, NodeId asker, NodeId node) {
        Map<NodeId, NodeId> names = seen.asker().equals(seen.answerer())
                ? Map.of(seen.asker(), asker)
                : Map.of(seen.asker(), asker, seen.answerer(), node);
        StateReader in = new StateReader(HEX.parseHex(seen.hex())) {
            @Override
            public NodeId readNodeId() {
                NodeId read = super.readNodeId();
                return names.getOrDefault(read, read);
            }
        };
        try {
            return Optional.of(machine.readMessage(in));
        } catch (RuntimeException refused) {
            // Whatever an author's record refuses, and however.
            return Optional.empty();
        }
    }
}
