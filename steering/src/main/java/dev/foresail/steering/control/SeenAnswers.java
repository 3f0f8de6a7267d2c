package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Answers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What peers have answered to this node: the first message that comes from a peer after it was sent one of some type. Of each
 * type of question at most {@value #MOST_ANSWERS} types of answers are kept, of each the latest.
 *
 * <p>Nobody says what answers what, so that now and then something is taken for an answer that is none. It is sampled: where
 * the answers are of types that are known, ever fewer questions are looked at, so that a node that sends millions of messages a
 * second does no more for most than count them. Not thread-safe.
 */
final class SeenAnswers {
    /** Protocols with more types of messages are looked at in part. */
    static final int MOST_QUESTIONS = 64;

    static final int MOST_ANSWERS = 4;

    /** Longer ones are not kept, in bytes. */
    static final int LONGEST = 1_024;

    /** At most how many questions of a type are not looked at after one that was; odd, as those who send may be in step. */
    private static final int MOST_SKIPPED = 1_023;

    private final Machine<?> machine;
    private final NodeId self;
    private final Map<Class<?>, Question> questions = new HashMap<>();
    /** Those to which an answer is waited for. */
    private final List<Question> open = new ArrayList<>();

    private @Nullable Question latest;
    /** Requests and answers mostly take turns. */
    private @Nullable Question other;

    SeenAnswers(Machine<?> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /** A type of messages. */
    private static final class Question {
        private final Class<?> type;
        private final Map<Class<?>, Answers.Seen> answers = new LinkedHashMap<>();
        private @Nullable NodeId asked;
        private int skips;
        private int left;

        Question(Class<?> type) {
            this.type = type;
        }
    }

    void sent(NodeId to, Object message) {
        Question question = latest;
        if (question == null || question.type != message.getClass()) {
            question = other != null && other.type == message.getClass() ? other : found(message.getClass());
            if (question == null) {
                return;
            }
        }
        if (question.left > 0) {
            question.left--;
        } else if (!to.equals(self)) {
            ask(question, to);
        }
    }

    private @Nullable Question found(Class<?> type) {
        Question found = question(type);
        if (found != null) {
            other = latest;
            latest = found;
        }
        return found;
    }

    private @Nullable Question question(Class<?> type) {
        Question known = questions.get(type);
        if (known == null && questions.size() < MOST_QUESTIONS) {
            known = new Question(type);
            questions.put(type, known);
        }
        return known;
    }

    /** Waits for the answer; who has not answered until the next question that is looked at is not waited for any longer. */
    private void ask(Question question, NodeId to) {
        if (question.asked == null) {
            open.add(question);
        }
        question.asked = to;
        question.left = question.skips;
    }

    void received(NodeId from, Object message) {
        if (!open.isEmpty()) {
            find(from, message);
        }
    }

    /** Not a part of {@link #received}, which is called for every message and mostly has nothing to look for. */
    private void find(NodeId from, Object message) {
        for (int index = open.size() - 1; index >= 0; index--) {
            Question question = open.get(index);
            if (from.equals(question.asked)) {
                // First, as an answer that cannot be written is an answer too.
                open.remove(index);
                question.asked = null;
                answered(question, from, message);
            }
        }
    }

    private void answered(Question question, NodeId from, Object message) {
        boolean isNew = keep(question, from, message);
        question.skips = isNew ? 0 : Math.min(MOST_SKIPPED, 2 * question.skips + 1);
        question.left = question.skips;
    }

    /** @return whether it is of a type that was not seen before */
    private boolean keep(Question question, NodeId from, Object message) {
        Map<Class<?>, Answers.Seen> answers = question.answers;
        boolean isNew = !answers.containsKey(message.getClass());
        if (isNew && answers.size() == MOST_ANSWERS) {
            return false;
        }
        Answers.Seen seen = Answers.Seen.of(machine, question.type, self, from, message);
        if (seen.hex().length() > 2 * LONGEST) {
            return false;
        }
        answers.put(message.getClass(), seen);
        return isNew;
    }

    /** The next question of each type is looked at, whatever was to be left out: where few are asked, hardly any is. */
    void lookAgain() {
        questions.values().forEach(question -> question.left = 0);
    }

    /** How many questions are waiting for an answer. */
    int waiting() {
        return open.size();
    }

    /** What was seen, sorted by the names of the types. */
    List<Answers.Seen> all() {
        return questions.values().stream()
                .sorted(Comparator.comparing((Question each) -> each.type.getName()))
                .flatMap(each -> each.answers.values().stream())
                .toList();
    }
}
