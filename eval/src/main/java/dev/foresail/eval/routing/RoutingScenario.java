package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An overlay that grows and is then asked. The first node begins, and the number of nodes doubles every {@code doubling}: who comes asks one that is drawn from the half that was there before, so that nobody is asked
 * by too many at once. When all have come and {@code settling} is over, every node looks up {@code lookups} keys. One for each overlay that has a call {@code join} with the id of a node that is known, its own
 * for the first.
 */
public abstract class RoutingScenario implements Scenario {
    private static final Duration DOUBLING = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final String name;
    private final boolean asks;

    /** @param asks whether {@link RandomLookups} are above */
    protected RoutingScenario(String name, boolean asks) {
        this.name = name;
        this.asks = asks;
    }

    /** For {@code chord} alone. */
    public static final class OfChord extends RoutingScenario {
        public OfChord() {
            super("chord", false);
        }
    }

    /** For {@code lookups/chord}. */
    public static final class OfLookupsOverChord extends RoutingScenario {
        public OfLookupsOverChord() {
            super("lookups/chord", true);
        }
    }

    /** For {@code lookups/proximity/chord}. */
    public static final class OfLookupsOverProximityAndChord extends RoutingScenario {
        public OfLookupsOverProximityAndChord() {
            super("lookups/proximity/chord", true);
        }
    }

    /** For {@code lookups/pastry}. */
    public static final class OfLookupsOverPastry extends RoutingScenario {
        public OfLookupsOverPastry() {
            super("lookups/pastry", true);
        }
    }

    /** For {@code lookups/bamboo}. */
    public static final class OfLookupsOverBamboo extends RoutingScenario {
        public OfLookupsOverBamboo() {
            super("lookups/bamboo", true);
        }
    }

    /** For {@code tracked-lookups/recursive-route/chord}. */
    public static final class OfTrackedLookupsOverChord extends RoutingScenario {
        public OfTrackedLookupsOverChord() {
            super("tracked-lookups/recursive-route/chord", true);
        }
    }

    /** For {@code tracked-lookups/recursive-route/pastry}. */
    public static final class OfTrackedLookupsOverPastry extends RoutingScenario {
        public OfTrackedLookupsOverPastry() {
            super("tracked-lookups/recursive-route/pastry", true);
        }
    }

    /** For {@code tracked-lookups/recursive-route/bamboo}. */
    public static final class OfTrackedLookupsOverBamboo extends RoutingScenario {
        public OfTrackedLookupsOverBamboo() {
            super("tracked-lookups/recursive-route/bamboo", true);
        }
    }

    /** For {@code lookups/skipnet}. */
    public static final class OfLookupsOverSkipNet extends RoutingScenario {
        public OfLookupsOverSkipNet() {
            super("lookups/skipnet", true);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("doubling", Duration.class, Optional.of(DOUBLING.toSeconds() + "s")),
                new ParameterDescription("settling", Duration.class, Optional.of(SETTLING.toSeconds() + "s")),
                new ParameterDescription("lookups", Integer.class, Optional.of("10")));
    }

    /** As long as the settings take that are usual; others need to be told until when. */
    @Override
    public final Duration duration(int nodes) {
        return joined(nodes, DOUBLING).plus(SETTLING).plusSeconds(30);
    }

    /** When the last node comes. */
    private static Duration joined(int nodes, Duration doubling) {
        return joins(nodes - 1, doubling);
    }

    /** When the node comes before which there are so many: the binary logarithm of that. */
    private static Duration joins(int before, Duration doubling) {
        double doublings = before == 0 ? 0 : StrictMath.log(before) / StrictMath.log(2);
        return Duration.ofNanos((long) (doubling.toNanos() * (1 + doublings)));
    }

    /**
     * Plays it.
     *
     * @throws IllegalArgumentException FS468 for a time or a number below zero
     */
    @Override
    public final void play(Stage stage, List<Object> values) {
        Duration doubling = (Duration) values.get(0);
        Duration settling = (Duration) values.get(1);
        int lookups = (Integer) values.get(2);
        if (doubling.isNegative() || settling.isNegative() || lookups < 0) {
            throw new IllegalArgumentException("[FS468] doubling, settling and lookups are at least 0, not " + doubling
                    + ", " + settling + " and " + lookups);
        }
        List<NodeId> nodes = stage.nodes();
        for (int before = 0; before < nodes.size(); before++) {
            NodeId node = nodes.get(before);
            NodeId known = nodes.get(before == 0 ? 0 : stage.random().nextInt((before + 1) / 2));
            stage.at(before == 0 ? Duration.ZERO : joins(before, doubling), () -> {
                stage.start(node);
                stage.call(node, "join", List.of(known));
            });
        }
        playMore(stage);
        if (asks) {
            stage.at(joined(nodes.size(), doubling).plus(settling), () -> ask(stage, lookups));
        }
    }

    /** What happens besides, from the beginning on; nothing unless an overlay has more to be asked. */
    protected void playMore(Stage stage) {}

    /** Who has started again joins, and asks if all others have been let ask. */
    @Override
    public final void restarted(Stage stage, NodeId node, List<Object> values) {
        rejoin(stage, node);
        Duration asked = joined(stage.nodes().size(), (Duration) values.get(0)).plus((Duration) values.get(1));
        if (asks && stage.now().compareTo(asked) >= 0) {
            stage.call(node, "ask", List.of(values.get(2)));
        }
    }

    /** Lets a node that has started again join over the first one that has joined, or over itself when there is none: so no two wait for each other. */
    public static void rejoin(Stage stage, NodeId node) {
        NodeId known = stage.nodes().stream()
                .filter(other -> !other.equals(node))
                .filter(other -> isJoined(stage, other))
                .findFirst()
                .orElse(node);
        stage.call(node, "join", List.of(known));
    }

    /** Whether a node is up and has joined. */
    protected static boolean isJoined(Stage stage, NodeId node) {
        return stage.state(node).filter(RoutingScenario::isJoined).isPresent();
    }

    private static boolean isJoined(Object state) {
        OverlayNode overlay = state instanceof Stack stack ? stack.layer(OverlayNode.class) : (OverlayNode) state;
        return overlay.isJoined();
    }

    private static void ask(Stage stage, int lookups) {
        stage.nodes().stream().filter(stage::isUp).forEach(node -> stage.call(node, "ask", List.of(lookups)));
    }
}
