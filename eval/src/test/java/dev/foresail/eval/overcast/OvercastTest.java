package dev.foresail.eval.overcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.overcast.OvercastMessages.Accepted;
import dev.foresail.eval.overcast.OvercastMessages.Attach;
import dev.foresail.eval.overcast.OvercastMessages.Certificate;
import dev.foresail.eval.overcast.OvercastMessages.CheckIn;
import dev.foresail.eval.overcast.OvercastMessages.Chunk;
import dev.foresail.eval.overcast.OvercastMessages.Credit;
import dev.foresail.eval.overcast.OvercastMessages.Probe;
import dev.foresail.eval.overcast.OvercastMessages.ProbeAnswer;
import dev.foresail.eval.overcast.OvercastMessages.Refused;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OvercastTest {
    private static final NodeId ROOT = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);
    private static final int DEPTH = 7;
    private static final Map<String, String> WITHOUT_STREAM = Map.of("chunkBytes", "0");

    private static EmbeddedNode<Overcast> node(NodeId self, Map<String, String> parameters) {
        return EmbeddedNode.of(new OvercastMachine(), self, parameters).start();
    }

    /** A child of the root with these siblings, which has not looked for a better place yet. */
    private static EmbeddedNode<Overcast> attached(NodeId self, NodeId... siblings) {
        EmbeddedNode<Overcast> node = node(self, WITHOUT_STREAM);
        assertEquals(List.of(new Sent(ROOT, new Attach(Optional.empty(), 1))), node.takeSent());
        node.deliver(ROOT, new Accepted(List.of(ROOT), List.of(siblings)));
        assertEquals(Optional.of(ROOT), node.state().confirmedParent());
        return node;
    }

    /** Lets the probe that is under way take so long. */
    private static void answered(EmbeddedNode<Overcast> node, NodeId from, long millis, double fromParent) {
        Sent sent = node.takeSent().stream()
                .filter(each -> each.message() instanceof Probe)
                .findFirst()
                .orElseThrow();
        assertEquals(from, sent.to());
        node.advance(Duration.ofMillis(millis));
        node.deliver(from, new ProbeAnswer(((Probe) sent.message()).sentNanos(), 10_240, fromParent));
    }

    /** Whom a node asks to become its parent after it has measured root and sibling. */
    private static List<NodeId> asked(long rootMillis, long siblingMillis, double siblingFromRoot) {
        EmbeddedNode<Overcast> node = attached(TWO, THREE);
        node.fire("evaluate");
        answered(node, ROOT, rootMillis, Double.MAX_VALUE);
        answered(node, THREE, siblingMillis, siblingFromRoot);
        node.takeSent();
        node.fire("place");
        return node.takeSent().stream().map(Sent::to).toList();
    }

    @Test
    void aNodeGoesBelowASiblingThroughWhichItGetsAboutAsMuch() {
        // 102,400 bytes per second from the root.
        assertEquals(List.of(THREE), asked(100, 110, 1e6));
        assertEquals(List.of(), asked(100, 112, 1e6), "10 % less");
        assertEquals(List.of(THREE), asked(100, 50, 93_000));
        assertEquals(List.of(), asked(100, 50, 92_000), "near, but does not get as much itself");
    }

    @Test
    void aNodeGoesBackUpWhenItGetsMoreThere() {
        for (double fromRoot : new double[] {91_000, 93_000}) {
            EmbeddedNode<Overcast> node = attached(TWO);
            node.with(state -> {
                state.parent = Optional.of(THREE);
                state.ancestors = new ArrayList<>(List.of(ROOT, THREE));
            });
            node.fire("evaluate");
            answered(node, ROOT, 100, Double.MAX_VALUE);
            answered(node, THREE, 10, fromRoot);
            node.takeSent();
            node.fire("place");
            List<Sent> expected =
                    fromRoot < 92_160 ? List.of(new Sent(ROOT, new Attach(Optional.of(THREE), 2))) : List.of();
            assertEquals(expected, node.takeSent());
        }
    }

    /** The patience with the last answer was left over, and a second look came of it, in which nothing was measured. */
    @Test
    void whoHasMeasuredAllLooksOnce() {
        EmbeddedNode<Overcast> node = attached(TWO);
        node.fire("evaluate");
        answered(node, ROOT, 100, Double.MAX_VALUE);
        assertFalse(node.timers().containsKey("probe"));
        assertTrue(node.timers().containsKey("place"));
    }

    @Test
    void whoDoesNotAnswerAProbeIsNoPlace() {
        EmbeddedNode<Overcast> node = attached(TWO, THREE);
        node.fire("evaluate");
        answered(node, ROOT, 100, Double.MAX_VALUE);
        node.takeSent();
        node.fire("probe").fire("place");
        assertEquals(List.of(), node.takeSent());
        assertTrue(node.timers().containsKey("evaluate"));
    }

    @Test
    void twoThatWantToGoBelowEachOtherBothStay() {
        EmbeddedNode<Overcast> node = attached(TWO, THREE);
        assertEquals(
                Accepted.class,
                node.deliver(THREE, new Attach(Optional.of(ROOT), 2))
                        .takeSent()
                        .get(0)
                        .message()
                        .getClass());
        EmbeddedNode<Overcast> moving = attached(TWO, THREE).with(state -> state.asked = Optional.of(THREE));
        moving.deliver(THREE, new Attach(Optional.of(ROOT), 2));
        assertEquals(List.of(new Sent(THREE, new Refused())), moving.takeSent());
        moving.deliver(THREE, new Refused());
        assertEquals(Optional.empty(), moving.state().asked);
        assertEquals(Optional.of(ROOT), moving.state().confirmedParent());
    }

    @Test
    void strangersAndAncestorsAreNotAccepted() {
        EmbeddedNode<Overcast> node = attached(TWO, THREE);
        for (Attach attach : List.of(new Attach(Optional.empty(), 1), new Attach(Optional.of(FOUR), 1))) {
            assertEquals(
                    List.of(new Sent(THREE, new Refused())),
                    node.deliver(THREE, attach).takeSent());
        }
        node.deliver(ROOT, new Attach(Optional.of(ROOT), 1));
        assertEquals(List.of(new Sent(ROOT, new Refused())), node.takeSent());
    }

    @Test
    void birthsAndDeathsGoUpOnceAndALaterBirthCounts() {
        EmbeddedNode<Overcast> node = attached(TWO, THREE);
        node.deliver(THREE, new Attach(Optional.of(ROOT), 2));
        Certificate grandchild = new Certificate(FOUR, THREE, 3, true);
        node.deliver(THREE, new CheckIn(List.of(grandchild)));
        node.takeSent();
        node.fire("checkIn");
        Certificate child = new Certificate(THREE, TWO, 2, true);
        assertEquals(List.of(new Sent(ROOT, new CheckIn(List.of(child, grandchild)))), node.takeSent());
        node.deliver(THREE, new CheckIn(List.of(grandchild)));
        node.takeSent();
        // The child is not heard of for longer than its lease: it is dead, and who was below it.
        node.advance(Duration.ofSeconds(16));
        assertEquals(
                List.of(new Certificate(THREE, TWO, 2, false), new Certificate(FOUR, THREE, 3, false)),
                node.takeSent().stream()
                        .flatMap(sent -> sent.message() instanceof CheckIn checkIn ? checkIn.news().stream() : null)
                        .toList());
        // The grandchild had moved elsewhere: it has changed its parent once more than whoever reports its death knows.
        node.deliver(FOUR, new Attach(Optional.of(ROOT), 4));
        assertTrue(node.state().below.get(FOUR).isAlive());
        assertFalse(node.state().below.get(THREE).isAlive());
    }

    @Test
    void whoLosesItsParentAsksTheNextAboveAndTheRootInTheEnd() {
        EmbeddedNode<Overcast> node = attached(TWO);
        node.with(state -> {
            state.parent = Optional.of(FOUR);
            state.ancestors = new ArrayList<>(List.of(ROOT, THREE, FOUR));
        });
        node.connectionError(FOUR);
        Attach orphan = new Attach(Optional.of(FOUR), 2);
        assertEquals(List.of(new Sent(THREE, orphan)), node.takeSent());
        assertEquals(Optional.empty(), node.state().confirmedParent());
        node.deliver(THREE, new Refused());
        assertEquals(List.of(new Sent(ROOT, orphan)), node.takeSent());
        node.advance(Duration.ofSeconds(5));
        assertTrue(node.takeSent().contains(new Sent(ROOT, orphan)));
        node.deliver(ROOT, new Accepted(List.of(ROOT), List.of()));
        assertEquals(Optional.of(ROOT), node.state().confirmedParent());
    }

    private static List<NodeId> askedToBecomeItsParent(EmbeddedNode<Overcast> node) {
        return node.takeSent().stream()
                .filter(sent -> sent.message() instanceof Attach)
                .map(Sent::to)
                .toList();
    }

    /** The kernel of a machine whose process is gone refuses at once. */
    @Test
    void aRootThatRefusesConnectionsIsAskedOnlyNowAndThen() {
        EmbeddedNode<Overcast> node = attached(TWO);
        node.connectionError(ROOT);
        assertEquals(List.of(ROOT), askedToBecomeItsParent(node));
        for (int second = 0; second < 5; second++) {
            node.connectionError(ROOT);
            assertEquals(List.of(), askedToBecomeItsParent(node), "it waits");
            node.advance(Duration.ofSeconds(1));
        }
        assertEquals(List.of(ROOT), askedToBecomeItsParent(node));
        node.connectionError(ROOT);
        assertEquals(List.of(), askedToBecomeItsParent(node));
        node.deliver(ROOT, new Accepted(List.of(ROOT), List.of()));
        assertEquals(Optional.of(ROOT), node.state().confirmedParent());
    }

    @Test
    void theStreamGoesDownAsFarAsThereIsRoom() {
        EmbeddedNode<Overcast> root = node(ROOT, Map.of());
        root.deliver(TWO, new Attach(Optional.empty(), 1));
        assertEquals(
                List.of(1L, 2L),
                root.takeSent().stream()
                        .filter(sent -> sent.message() instanceof Chunk)
                        .map(sent -> ((Chunk) sent.message()).number())
                        .toList());
        root.deliver(TWO, new Credit());
        assertEquals(List.of(new Sent(TWO, new Chunk(3, 8192))), root.takeSent());

        EmbeddedNode<Overcast> node = node(TWO, Map.of());
        node.deliver(ROOT, new Accepted(List.of(ROOT), List.of(THREE)));
        node.deliver(THREE, new Attach(Optional.of(ROOT), 2));
        node.takeSent();
        node.deliver(ROOT, new Chunk(7, 8192));
        assertEquals(List.of(new Sent(ROOT, new Credit()), new Sent(THREE, new Chunk(7, 8192))), node.takeSent());
        node.deliver(ROOT, new Chunk(7, 8192));
        assertEquals(List.of(new Sent(ROOT, new Credit())), node.takeSent(), "nothing new");
        assertEquals(8192, node.state().receivedBytes);
    }

    /** Each time that a late answer was asked for again there were two chunks more under way, which made it later. */
    @Test
    void whoAsksAgainGetsNoMoreChunksAtOnceAndWhoHasBeenElsewhereGetsThemAnew() {
        EmbeddedNode<Overcast> root = node(ROOT, Map.of());
        root.deliver(TWO, new Attach(Optional.empty(), 1));
        assertEquals(2, chunks(root));
        root.deliver(TWO, new Attach(Optional.empty(), 1));
        assertEquals(0, chunks(root));
        root.deliver(TWO, new Attach(Optional.of(THREE), 3));
        assertEquals(2, chunks(root));
    }

    private static long chunks(EmbeddedNode<Overcast> node) {
        return node.takeSent().stream()
                .filter(sent -> sent.message() instanceof Chunk)
                .count();
    }

    @Test
    void theExposedFormHasItsParentFirstAmongItsPlaces() {
        EmbeddedNode<ExposedOvercast> node = EmbeddedNode.of(new ExposedOvercastMachine(), TWO, WITHOUT_STREAM);
        node.start().deliver(ROOT, new Accepted(List.of(ROOT), List.of()));
        node.with(state -> {
            state.measured.put(NodeId.of(0), new OvercastNode.Measured(1, 1));
            state.measured.put(ROOT, new OvercastNode.Measured(1, 1));
        });
        assertEquals(List.of(ROOT, NodeId.of(0)), node.state().places());
    }

    /** All nodes that there are. */
    private record FixedView(Map<NodeId, OvercastNode> states) implements SystemView<OvercastNode> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public OvercastNode state(NodeId node) {
            return states.get(node);
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    @Test
    void aCycleWouldBeSeen() {
        Overcast one = attached(TWO).state();
        Overcast other = attached(THREE).state();
        Map<NodeId, OvercastNode> states = Map.of(TWO, one, THREE, other);
        assertTrue(OvercastNode.hasNoCycle(new FixedView(states)));
        one.parent = Optional.of(THREE);
        other.parent = Optional.of(TWO);
        assertFalse(OvercastNode.hasNoCycle(new FixedView(states)));
        assertTrue(OvercastNode.allAttached(new FixedView(states)), "without a source nobody can be");
        one.isSource = true;
        other.isOrphan = true;
        assertFalse(OvercastNode.allAttached(new FixedView(states)));
    }

    private static int executed(StringWriter out, String... arguments) {
        return Foresail.execute(
                List.of(arguments), new PrintWriter(out), new PrintWriter(out), new Interruption(), false);
    }

    @Test
    void nodesThatCrashAndAreCutOffComeBackIntoTheTree() {
        StringWriter out = new StringWriter();
        int code = executed(
                out,
                "simulate",
                "overcast",
                "--nodes",
                "6",
                "--seed",
                "5",
                "--until",
                "80s",
                "--faults",
                "crash 4/min, cut 2/min",
                "--set",
                "settledAfter=40s",
                "--set",
                "measuredFor=30s",
                "--json");
        assertEquals(ExitCode.DONE, code, out::toString);
        assertTrue(out.toString().contains("meanBytesPerSecond"), out::toString);
    }

    @Test
    void bothFormsAreCheckedByName() {
        for (String protocol : List.of("overcast", "exposed-overcast")) {
            StringWriter out = new StringWriter();
            String[] few = {"--max-depth", "5", "--set", "nodes=3", "--set", "chunkBytes=0", "--set", "crashes=1"};
            List<String> arguments = new ArrayList<>(List.of("check", protocol, "--search", "consequence"));
            arguments.addAll(List.of(few));
            assertEquals(ExitCode.UNKNOWN, executed(out, arguments.toArray(String[]::new)), out::toString);
        }
    }

    /** Two children of the root, each of which has measured both and is about to choose its place. */
    private static <S extends OvercastNode> SearchReport searched(Machine<S> machine, int depth) {
        SystemModel.Builder<S> model = SystemModel.of(machine)
                .network(Network.ORDERED)
                .failures(Failures.NONE.withCrashes(1).withRestarts());
        for (NodeId id : List.of(ROOT, TWO, THREE)) {
            model.node(id, Map.of("chunkBytes", 0L));
        }
        S root = model.create(ROOT);
        root.isSource = true;
        for (NodeId id : List.of(TWO, THREE)) {
            root.children.put(id, new OvercastNode.Child(0, 2, 0));
        }
        model.initially(world -> {
            world.state(ROOT, root);
            world.state(TWO, child(model.create(TWO), THREE), "place");
            world.state(THREE, child(model.create(THREE), TWO), "place");
        });
        return new Explorer<>(model.build(), SearchResources.of(Runnable::run))
                .search(SearchSettings.DEFAULT.withMaxDepth(depth));
    }

    private static <S extends OvercastNode> S child(S state, NodeId sibling) {
        state.parent = Optional.of(ROOT);
        state.ancestors = new ArrayList<>(List.of(ROOT));
        state.siblings = new ArrayList<>(List.of(sibling));
        state.changes = 1;
        state.measured.put(ROOT, new OvercastNode.Measured(1e5, 1e6));
        state.measured.put(sibling, new OvercastNode.Measured(1e5, 1e6));
        return state;
    }

    /** Accepts others also while it is about to move itself. */
    @Protocol("rash-overcast")
    static final class RashOvercast extends OvercastNode {
        RashOvercast(
                @Default("1") NodeId root,
                @Default("8192") long chunkBytes,
                @Default("10s") Duration evaluationPeriod) {
            super(root, chunkBytes, evaluationPeriod);
        }

        @Override
        @OnMessage
        void attached(Attach attach, @From NodeId from, Node node) {
            Optional<NodeId> really = asked;
            asked = Optional.empty();
            super.attached(attach, from, node);
            asked = really;
        }

        @OnTimer("place")
        void place(Node node) {
            settle(siblings.isEmpty() ? root : siblings.get(0), node);
        }
    }

    @Test
    void noOrderOfEventsMakesACycleAndTheSearchWouldFindOne() {
        SearchReport rash = searched(new OvercastTest_RashOvercastMachine(), DEPTH);
        assertEquals("hasNoCycle", rash.violations().get(0).property(), rash::toString);
        for (Machine<? extends OvercastNode> machine : List.of(new OvercastMachine(), new ExposedOvercastMachine())) {
            SearchReport report = searched(machine, DEPTH);
            assertEquals(List.of(), report.violations(), report::toString);
            assertTrue(report.maxDepth() >= rash.violations().get(0).depth(), report::toString);
        }
    }
}
