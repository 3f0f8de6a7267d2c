package dev.foresail.eval.churn;

import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import dev.foresail.eval.routing.KeyRouting;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lookups of keys that somebody else draws, any number of them at a time, over whatever finds their roots: a question is routed to the root of its key, and the answer comes straight back. Nothing is asked again. The
 * first answer to a question counts; a node remembers its last {@link #MOST_REMEMBERED} questions.
 */
@Protocol("group-lookups")
public final class GroupLookups {
    /** Who is the root of the key to which this is sent? */
    public record Find(NodeId asker, int number) {}

    /** I am. */
    public record Found(int number) {}

    /**
     * A question.
     *
     * @param tookNanos until the root's answer came
     */
    public record Question(long askedAtNanos, Optional<NodeId> root, long tookNanos) {}

    static final int MOST_REMEMBERED = 128;

    @Uses
    KeyRouting routing;

    final SortedMap<Integer, Question> questions = new TreeMap<>();

    /** @param number of the question, greater than that of any before */
    @OnCall
    void lookUp(int number, long key, Node node) {
        questions.put(number, new Question(node.nowNanos(), Optional.empty(), 0));
        if (questions.size() > MOST_REMEMBERED) {
            questions.remove(questions.firstKey());
        }
        routing.route(key, new Find(node.self(), number));
    }

    @OnUpcall
    void deliver(long key, Find find, Node node) {
        node.send(find.asker(), new Found(find.number()));
    }

    @OnUpcall
    boolean forward(long key, Find find, NodeId next) {
        return true;
    }

    @OnMessage(otherwise = Otherwise.DROP)
    void found(Found found, @From NodeId root, Node node) {
        Question question = questions.get(found.number());
        if (question != null && question.root().isEmpty()) {
            long tookNanos = node.nowNanos() - question.askedAtNanos();
            questions.put(found.number(), new Question(question.askedAtNanos(), Optional.of(root), tookNanos));
        }
    }

    /** What came of a question; empty when it was not asked, or is forgotten. */
    Optional<Question> question(int number) {
        return Optional.ofNullable(questions.get(number));
    }
}
