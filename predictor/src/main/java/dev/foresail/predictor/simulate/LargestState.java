package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the node whose state has grown most, when hardly any memory is left. Not thread-safe. */
final class LargestState<S> {
    private final Machine<S> machine;
    private StateWriter writer = new StateWriter();
    private @Nullable NodeId largest;
    private long bytes;
    private boolean isLarger;

    LargestState(Machine<S> machine) {
        this.machine = machine;
    }

    /** Looks at a state, which may be in the middle of a change. */
    void look(NodeId node, S state) {
        writer.reset();
        boolean fits = true;
        try {
            machine.write(state, writer);
        } catch (OutOfMemoryError tooLarge) {
            fits = false;
        } catch (RuntimeException halfChanged) {
            // What was written of it until then counts.
        }
        if (writer.length() > bytes) {
            largest = node;
            bytes = writer.length();
            isLarger = !fits;
        }
        if (!fits) {
            writer = new StateWriter();
        }
    }

    /** For people; empty when no state has a byte. */
    Optional<String> text() {
        return largest == null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the largest state is that of %s, with %s%,d bytes as it would be stored",
                        largest,
                        isLarger ? "more than " : "",
                        bytes));
    }
}
