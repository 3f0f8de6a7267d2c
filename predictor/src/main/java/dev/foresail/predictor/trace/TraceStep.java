package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One recorded step of a path: what happened, and what was seen of it.
 *
 * @param number from 1
 * @param happening what happened; all that is needed to do it again
 * @param sends what was sent in its course, in order
 * @param notes what handlers noted, in order
 * @param changes what became different
 * @param violated the names of the properties that are violated after it
 */
public record TraceStep(
        int number,
        Happening happening,
        List<Sent> sends,
        List<String> notes,
        List<Change> changes,
        List<String> violated) {
    public TraceStep {
        sends = List.copyOf(sends);
        notes = List.copyOf(notes);
        changes = List.copyOf(changes);
        violated = List.copyOf(violated);
    }

    /** What can happen, by the names that stand in files. */
    public enum Kind {
        DELIVER,
        TIMER,
        CALL,
        CONNECTION_ERROR,
        CRASH,
        RESTART,
        SILENT_RESET,
        LOSS,
        BREAK;

        private static final Set<Kind> FAILURES = EnumSet.range(CRASH, BREAK);

        /** The kind's name in files, such as {@code connection-error}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The kind of that label; empty when there is none. */
        public static Optional<Kind> of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }

        /** The labels of all kinds. */
        static List<String> labels() {
            return Arrays.stream(values()).map(Kind::label).toList();
        }

        boolean hasPeer() {
            return this == DELIVER || this == LOSS || this == CONNECTION_ERROR || this == BREAK;
        }

        boolean hasMessage() {
            return this == DELIVER || this == LOSS;
        }

        /** Whether it is a failure, which no protocol asks for. */
        public boolean isFailure() {
            return FAILURES.contains(this);
        }
    }

    /**
     * What happened.
     *
     * @param node where; of a loss the receiver, of a break the smaller of the two
     * @param peer the sender of a delivery or loss, the other end of a connection error or break; else empty
     * @param name of a timer or call; else empty
     * @param call of a call; else empty
     * @param message of a delivery or loss; else empty
     * @param decisions those taken in its course, in order
     */
    public record Happening(
            Kind kind,
            NodeId node,
            Optional<NodeId> peer,
            String name,
            Optional<Offered> call,
            Optional<Message> message,
            List<Decided> decisions) {
        public Happening {
            decisions = List.copyOf(decisions);
        }

        /** The happening for people, on one line. */
        public String text() {
            StringBuilder text = new StringBuilder(node.toString()).append(' ');
            text.append(kind == Kind.DELIVER ? "receives" : kind.label());
            message.ifPresent(each -> text.append(' ').append(each.text()));
            call.ifPresentOrElse(
                    each -> text.append(' ').append(name).append(each.arguments()),
                    () -> text.append(name.isEmpty() ? "" : " " + name));
            peer.ifPresent(each ->
                    text.append(message.isPresent() ? " from " : " with ").append(each));
            if (!decisions.isEmpty()) {
                text.append(", choosing ")
                        .append(decisions.stream().map(Decided::toString).toList());
            }
            return text.toString();
        }
    }

    /**
     * Which of the model's offers a call takes.
     *
     * @param index of the offer in {@link dev.foresail.predictor.model.SystemModel#offers}, from 0
     * @param arguments as text
     */
    public record Offered(int index, List<String> arguments) {
        public Offered {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A message.
     *
     * @param text for people
     * @param hex its canonical bytes with the tag, lower-case hexadecimal
     */
    public record Message(String text, String hex) {}

    /**
     * A decision.
     *
     * @param index of what was chosen, from 0
     * @param chosen what it was, for people; empty when that is not known
     */
    public record Decided(int index, String chosen) {
        @Override
        public String toString() {
            return chosen.isEmpty() ? Integer.toString(index) : chosen;
        }
    }

    /** A message that was sent. */
    public record Sent(NodeId to, String message) {}

    /**
     * A difference that the step made.
     *
     * @param field the state's field, or {@code (up)}, {@code (timers)}, {@code (deferred)}
     */
    public record Change(NodeId node, String field, String before, String after) {}
}
