package dev.foresail.steering.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.provider.LinkProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GuardedProviderTest {
    /** Knows the way to node 1 alone. */
    private static final class Half implements LinkProvider<NodeId> {
        @Override
        public List<String> figures() {
            return List.of("rain");
        }

        @Override
        public Figure figure(String figure, NodeId from, NodeId to, long nowNanos) {
            if (to.value() != 1) {
                throw new IllegalStateException("no station near " + to);
            }
            return Figure.exact(7);
        }
    }

    @Test
    void aProviderThatThrowsKnowsNothingAndThatIsSaidOnce() {
        List<String> notices = new ArrayList<>();
        GuardedProvider guarded = new GuardedProvider("com.example.Half", new Half(), List.of("rain"), notices::add);
        assertFalse(guarded.figure("rain", NodeId.of(1), NodeId.of(2), 0).isKnown());
        assertFalse(guarded.figure("rain", NodeId.of(1), NodeId.of(3), 0).isKnown());
        assertEquals(7, guarded.figure("rain", NodeId.of(2), NodeId.of(1), 0).value());
        assertEquals(
                List.of(
                        "[FS469] the provider com.example.Half failed on 'rain', and counts as not knowing when it does;"
                                + " said once: java.lang.IllegalStateException: no station near n2"),
                notices);
    }
}
