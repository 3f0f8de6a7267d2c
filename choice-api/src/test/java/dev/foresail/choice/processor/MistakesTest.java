package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake the processor knows, each expected on the line that is marked with its code. */
class MistakesTest {
    @TempDir
    Path output;

    private Compilation compile(String... sources) {
        Compilation compilation = Compilation.of(output, sources);
        compilation.assertMarkedMistakes();
        return compilation;
    }

    /** The messages of compiling a protocol that consists of {@code members}. */
    private String mistakesOf(String members) {
        return compile("@Protocol(\"p\") class P {\n" + members + "\n}").toString();
    }

    @Test
    void aProtocolWithoutMistakesCompilesWithoutAWord() {
        assertEquals("", mistakesOf("""
                        record Ping(int number) {}
                        NodeId peer;
                        boolean isFirst(Ping ping) { return ping.number() == 0; }
                        @OnStart void start(Node node) { node.setTimer("again", Duration.ZERO); }
                        @OnTimer("again") void again(Node node) {}
                        @OnMessage(when = "isFirst") void first(Ping ping, @From NodeId from) { peer = from; }
                        @OnMessage(when = "!isFirst") void next(Ping ping, Node node) { node.send(peer, new Ping(1)); }
                        """));
    }

    @Test
    void whatRestsOnConnectionsIsNoDatagramAndATimeOutIsADurationThatCanBeRead() {
        mistakesOf("""
                        @Datagram record Work(int units) {}
                        @Datagram record Other(int units) {}
                        int load;
                        @OnMessage void work(Work work) { load += work.units(); }
                        @OnMessage void other(Other other) {}
                        @Aggregate static int load(P p) { return p.load; }
                        @HandOver("load")
                        static int more(int load, Work work) { return load + work.units(); } //! FS531
                        @TimeOut("an answer") Duration patience; //! FS532
                        @TimeOut("an answer") long millis() { return 1; } //! FS532
                        @TimeOut("an answer") Duration after(int tries) { return Duration.ZERO; } //! FS532
                        @TimeOut("an answer") private Duration hidden() { return Duration.ZERO; } //! FS532
                        @TimeOut("an answer") Duration computed() { return Duration.ZERO; }
                        """);
    }

    @Test
    void allMistakesOfAllProtocolsAreReportedInOneCompile() {
        compile("""
                @Protocol("one") class One {
                    static int count; //! FS020
                    Set<String> names; //! FS021
                    Random random; //! FS022
                    Object anything; //! FS024
                    private int hidden; //! FS025
                    class Mutable {}
                    record Text(StringBuilder builder) {} //! FS002
                    @OnMessage
                    void mutable(Mutable message) {} //! FS001
                    @OnMessage void text(Text text) {}
                    @OnMessage(when = "haRoom") //! FS011
                    void join(Join join, Node node) { node.setTimer("prob", Duration.ZERO); } //! FS014
                    boolean hasRoom() { return true; }
                    @OnTimer("probe") void probe(Node node) { node.setTimer("probe", Duration.ZERO); }
                    record Join(NodeId joiner) {}
                    @Metric static String size(SystemView<One> view) { return ""; } //! FS031
                }""", """
                @Protocol("two") class Two {
                    @Safety boolean always(Two two) { return true; } //! FS030
                    @OnStart int start() { return 0; } //! FS003
                }""");
    }

    @Test
    void fs001MessagesAreRecords() {
        mistakesOf("""
                static final class Leave {}
                sealed interface Open permits Known, Strange {}
                record Known() implements Open {}
                static final class Strange implements Open {}
                record Generic<T>(T value) {}
                @OnMessage
                void leave(
                    Leave leave, //! FS001
                    Node node) {}
                @OnMessage
                void open(Open open) {} //! FS001
                @OnMessage
                void generic(Generic<String> generic) {} //! FS001
                @OnMessage
                void number(int number) {} //! FS001
                """);
    }

    @Test
    void fs002ComponentsOfMessagesAreImmutableValues() {
        String text = mistakesOf("""
                record Many(List<String> good,
                    ArrayList<String> list, //! FS002
                    int[] array, //! FS002
                    Optional<Set<String>> names, //! FS002
                    Inner inner) {} //! FS002
                record Inner(List<Object> things) {}
                @OnMessage void many(Many many) {}
                """);
        assertTrue(text.contains("its component 'things'"), text);
    }

    @Test
    void fs003HandlersHaveTheSignaturesTheirEventsAllow() {
        mistakesOf("""
                record Ping() {}
                @OnMessage private void hidden(Ping ping) {} //! FS003
                @OnConnectionError static void fixed(NodeId peer) {} //! FS003
                @OnStart
                void start(Node node,
                    NodeId from) {} //! FS003
                @OnTimer("t")
                int timer(Node node) { node.setTimer("t", Duration.ZERO); return 1; } //! FS003
                @OnCall
                void call( //! FS003
                    Object anything, //! FS003
                    Node node) throws Exception {}
                @OnMessage void none(Node node) {} //! FS003
                @OnSuspicion void silent(NodeId peer, int phi) {} //! FS003
                """);
    }

    @Test
    void fs003CallsOfOneNameTakeTheSameArguments() {
        mistakesOf("""
                boolean yes() { return true; }
                @OnCall(when = "yes") void call(int one) {}
                @OnCall(when = "!yes") void call(long one) {} //! FS003
                @OnStart
                @OnRestart
                void both() {} //! FS003
                """);
    }

    @Test
    void fs004HandlersThatSurelyOverlapAreReported() {
        mistakesOf("""
                record Ping() {}
                record Pong() {}
                SortedSet<NodeId> peers = new TreeSet<>();
                boolean odd() { return true; }
                @OnMessage void one(Ping ping) {}
                @OnMessage(when = "odd") void two(Ping ping) {} //! FS004
                @OnMessage(choice = "c") void three(Pong pong) {}
                @OnMessage(choice = "c") void four(Pong pong) {}
                @OnConnectionError void lost(NodeId peer, @ChoicePoint(from = "peers") NodeId other) {}
                @OnConnectionError void gone(NodeId peer) {} //! FS004
                @OnSuspicion(when = "odd") void silent(NodeId peer) {}
                @OnSuspicion void still(NodeId peer) {} //! FS004
                """);
    }

    @Test
    void fs005HandlersOfAMessageAgreeOnOtherwise() {
        mistakesOf("""
                record Ping() {}
                boolean odd() { return true; }
                @OnMessage(when = "odd", otherwise = Otherwise.DEFER) void one(Ping ping) {}
                @OnMessage(when = "!odd", otherwise = Otherwise.DROP) void two(Ping ping) {} //! FS005
                """);
    }

    @Test
    void fs010EveryRecordOfASealedInterfaceHasAHandler() {
        String text = mistakesOf("""
                sealed interface Message {}
                record Join() implements Message {}
                record Leave() implements Message {} //! FS010
                sealed interface JustState {}
                record Thing() implements JustState {}
                JustState state;
                @OnMessage void join(Join join) {}
                """);
        assertTrue(text.contains("add @OnMessage void leave(Leave message, Node node)"), text);
    }

    @Test
    void fs011GuardsExistAndTakeWhatTheEventHas() {
        String text = mistakesOf("""
                record Ping() {}
                boolean hasRoom() { return true; }
                int number() { return 1; }
                boolean wants(String text) { return true; }
                private boolean hidden() { return true; }
                @OnMessage(when = "hasRom") void one(Ping ping) {} //! FS011
                @OnMessage(when = "number") void two(Ping ping) {} //! FS011
                @OnMessage(when = { //! FS011
                    "hasRoom",
                    "!wants"}) void three(Ping ping) {}
                @OnMessage(when = "hidden") void four(Ping ping) {} //! FS011
                """);
        assertTrue(text.contains("did you mean 'hasRoom'?"), text);
    }

    @Test
    void fs012NamesAreUnique() {
        compile("""
                @Protocol("same") class One {
                    record Ping() {}
                    SortedSet<NodeId> peers = new TreeSet<>();
                    boolean odd() { return true; }
                    @OnMessage(when = "odd") void ping(Ping ping, @ChoicePoint(from = "peers") NodeId peer) {}
                    @OnMessage(when = "!odd")
                    void ping(Ping ping, Node node,
                        @ChoicePoint(from = "peers") NodeId peer) {} //! FS012
                }""", """
                @Protocol("same")
                class Two { //! FS012
                }""");
    }

    @Test
    void fs013CandidatesExistAndFitAndAreInOrder() {
        String text = mistakesOf("""
                record Ping() {}
                SortedSet<NodeId> peers = new TreeSet<>();
                int number;
                Set<NodeId> unordered() { return new HashSet<>(); }
                @OnMessage
                void ping(
                    Ping ping,
                    @ChoicePoint(from = "pears") NodeId a, //! FS013
                    @ChoicePoint(from = "number") NodeId b, //! FS013
                    @ChoicePoint(from = "unordered") NodeId c, //! FS013
                    @ChoicePoint(from = "peers") String d) {} //! FS013
                """);
        assertTrue(text.contains("did you mean 'peers'?"), text);
    }

    @Test
    void fs014TimersAreRegistered() {
        String text = mistakesOf("""
                static final String NAME = "probing";
                @OnTimer("probe") void probe(Node node) { arm(node); }
                private void arm(Node node) {
                    node.setTimer("probe", Duration.ZERO);
                    node.cancelTimer("prope"); //! FS014
                    if (node.isArmed(NAME)) { //! FS014
                        node.note("");
                    }
                }
                @OnTimer("never")
                void never() {} //! FS014
                """);
        assertTrue(text.contains("did you mean 'probe'?"), text);
        assertTrue(text.contains("nothing arms the timer 'never'"), text);
    }

    @Test
    void fs015WhatIsSentIsAMessage() {
        mistakesOf("""
                record Ping() {}
                record Pong() {}
                @OnMessage void ping(Ping ping, @From NodeId from, Node node) {
                    node.send(from, new Ping());
                    node.send(from, new Pong()); //! FS015
                    node.send(from, new P.Pong()); //! FS015
                }
                """);
    }

    @Test
    void fs020NodesShareNoMemory() {
        mistakesOf("""
                static int count; //! FS020
                static final int[] TABLE = new int[3]; //! FS020
                static final ArrayList<String> LIST = new ArrayList<>(); //! FS020
                static final List<String> CONSTANTS = List.of("a");
                static final int LIMIT = 3;
                """);
    }

    @Test
    void fs021StateIsInOrder() {
        mistakesOf("""
                final Map<String, String> map = new TreeMap<>(); //! FS021
                HashSet<String> names; //! FS021
                List<Set<String>> sets; //! FS021
                """);
    }

    @Test
    void fs022StateIsDeterministic() {
        mistakesOf("""
                Random random; //! FS022
                Thread thread; //! FS022
                java.util.concurrent.locks.ReentrantLock lock; //! FS022
                java.time.Clock clock; //! FS022
                java.util.concurrent.ExecutorService executor; //! FS022
                java.util.concurrent.atomic.AtomicInteger counter; //! FS022
                """);
    }

    @Test
    void fs024StateHasAnEncoding() {
        mistakesOf("""
                static class Thing {}
                record Holder(Thing thing) {}
                Thing thing; //! FS024
                List<Holder> holders; //! FS024
                Runnable code; //! FS024
                SortedSet<Holder2> unordered; //! FS024
                record Holder2(int number) {}
                @SuppressWarnings("rawtypes")
                List raw; //! FS024
                """);
    }

    @Test
    void fs025TheMachineCanMakeStates() {
        mistakesOf("""
                final int good;
                private final int hidden; //! FS025
                final long wrongType;
                final List<String> list;
                private String state; //! FS025
                P(int good,
                    int hidden,
                    int wrongType, //! FS025
                    int none, //! FS025
                    List<String> list) { //! FS025
                    this.good = good; this.hidden = hidden; this.wrongType = wrongType; this.list = list;
                }
                """);
        compile("""
                @Protocol("q")
                class Q { //! FS025
                    Q() {}
                    Q(int one) {}
                }""");
    }

    @Test
    void fs026TheClassIsPlain() {
        compile("""
                @Protocol("Bad Name") class Badly { //! FS026
                    @Protocol("inner")
                    class Inner {} //! FS026
                    @Protocol("generic")
                    static class Generic<T> {} //! FS026
                    @Protocol("derived")
                    static class Derived extends ArrayList<String> { //! FS483
                        private static final long serialVersionUID = 1; }
                    @Protocol("abstract")
                    static abstract class Abstract {} //! FS026
                    @Protocol("iface")
                    interface Face {} //! FS026
                }""");
    }

    @Test
    void fs030PropertiesAreStaticQuestions() {
        mistakesOf("""
                @Safety boolean one(P p) { return true; } //! FS030
                @Safety static int two(P p) { return 1; } //! FS030
                @Liveness static boolean three(P p, Node node) { return true; } //! FS030
                @Safety static boolean four(SystemView<String> view) { return true; } //! FS030
                @Safety static boolean five() { return true; } //! FS030
                NodeId leader;
                @Safety static int six(@Each("leader") Multiset<NodeId> leaders) { return 1; } //! FS030
                @Safety boolean seven(@Each("leader") Multiset<NodeId> leaders) { return true; } //! FS030
                @Safety static boolean good(P p, NodeId self) { return true; }
                """);
    }

    @Test
    void fs031MetricsAreNumbers() {
        mistakesOf("""
                @Aggregate static int size(P p) { return 1; }
                @Metric static String one(SystemView<P> view) { return ""; } //! FS031
                @Metric static int two(P p) { return 1; } //! FS031
                @Metric static int three(SystemView<P> view, Known<Integer> siz) { return 1; } //! FS031
                @Metric static int four(SystemView<P> view, Known<Long> size) { return 1; } //! FS031
                @Metric static Long good(SystemView<P> view, Known<Integer> size) { return 1L; }
                """);
    }

    @Test
    void fs032AggregatesSeeStateAndNeighbours() {
        mistakesOf("""
                SortedSet<NodeId> children = new TreeSet<>();
                NodeId parent;
                int number;
                @Aggregate int one(P p) { return 1; } //! FS032
                @Aggregate static Object two(P p) { return 1; } //! FS032
                @Aggregate static int three(P p, Known<Integer> childen) { return 1; } //! FS032
                @Aggregate static int four(P p, Known<Integer> number) { return 1; } //! FS032
                @Aggregate static int five(P p, Known<Long> children) { return 1; } //! FS032
                @Aggregate static int good(P p, Known<Integer> parent) { return 1; }
                """);
    }

    @Test
    void fs033HandOversChangeAnAggregateByAMessage() {
        mistakesOf("""
                record Join(int size) {}
                @OnMessage void join(Join join) {}
                @Aggregate static int size(P p) { return 1; }
                @HandOver("sise") static int one(int size, Join join) { return size; } //! FS033
                @HandOver("size") static long two(int size, Join join) { return size; } //! FS033
                @HandOver("size") static int three(int size, String text) { return size; } //! FS033
                @HandOver("size") static int good(int size, Join join) { return size; }
                """);
    }

    @Test
    void fs560WhatUnknownNodesAreLikeIsSaidOnceAndFromAggregates() {
        String members = """
                int size;
                @Aggregate static int size(P p) { return p.size; }
                """;
        mistakesOf(members + "@Generic static void one(Node node) {} //! FS560");
        mistakesOf(members + "@Generic int one(Node node) { return 1; } //! FS560");
        mistakesOf(members + "@Generic private void one(Node node) {} //! FS560");
        mistakesOf(members + "@Generic void one(NodeId from, Node node) {} //! FS560");
        mistakesOf(members + "@Generic void one(Node node, Node again) {} //! FS560");
        mistakesOf(members + "@Generic void one(Known<Integer> sise) {} //! FS560");
        mistakesOf(members + "@Generic void one(Known<Long> size) {} //! FS560");
        mistakesOf(members + """
                @Generic void one(Known<Integer> size, @From NodeId from, Node node) { this.size = node.random(9); }
                @Generic void two() {} //! FS560
                """);
    }

    @Test
    void fs034NeighboursAreNodes() {
        mistakesOf("""
                @Neighbours
                List<String> names = new ArrayList<>(); //! FS034
                """);
        mistakesOf("""
                @Neighbours
                List<NodeId> some(int parameter) { return List.of(); } //! FS034
                """);
    }

    @Test
    void fs035TextsAreWhatTheyShouldBe() {
        mistakesOf("""
                final int limit;
                P(@Default("two") int limit) { this.limit = limit; } //! FS035
                record Ping() {}
                SortedSet<NodeId> peers = new TreeSet<>();
                @OnMessage void ping(Ping ping,
                    @ChoicePoint(from = "peers", await = "5 fortnights") NodeId peer) {} //! FS035
                @Liveness(within = "soon") //! FS035
                static boolean all(P p) { return true; }
                """);
    }

    @Test
    void fs036ThereIsOneStart() {
        mistakesOf("""
                @OnStart void one() {}
                @OnStart void two() {} //! FS036
                @OnRestart void three() {}
                @OnRestart void four() {} //! FS036
                @Neighbours List<NodeId> five = new ArrayList<>();
                @Neighbours List<NodeId> six = new ArrayList<>(); //! FS036
                """);
    }

    @Test
    void fs330StableFieldsOnlyGrow() {
        mistakesOf("""
                record Vote(int round) {}
                @Stable final SortedSet<Vote2> votes = new TreeSet<>(Comparator.comparing(Vote2::name));
                enum Vote2 { YES, NO }
                @Stable List<Vote> history = new ArrayList<>();
                @Stable Optional<Vote> decided = Optional.empty();
                @Stable int round; //! FS330
                @Stable ArrayDeque<Vote> queue = new ArrayDeque<>(); //! FS330
                @Stable final Optional<Vote> never = Optional.empty(); //! FS330
                @Stable final SortedMap<Integer, SortedSet<String>> byRound = new TreeMap<>(); //! FS330
                @Stable static final int CONSTANT = 1; //! FS330
                @Stable final int quorum; //! FS330
                P(int quorum) { this.quorum = quorum; }
                """);
    }

    @Test
    void whatTheCompilerReportsItselfIsNotReportedTwice() {
        Compilation compilation = Compilation.of(output, """
                @Protocol("p") class P {
                    Missing missing;
                    record Ping(Missing missing) {}
                    @OnMessage void ping(Ping ping) {}
                }""");
        assertTrue(compilation.toString().contains("cannot find symbol"), compilation.toString());
        assertTrue(!compilation.toString().contains("[FS"), compilation.toString());
    }

    @Test
    void theListOfMachinesKeepsWhatEarlierCompilesFound() throws Exception {
        Path list = output.resolve("META-INF/services/dev.foresail.choice.machine.Machine");
        compile("@Protocol(\"a\") public class A {}");
        Files.writeString(list, Files.readString(list) + "test.Gone\n");
        String classPath = output + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Compilation.of(output, List.of("-cp", classPath), "@Protocol(\"b\") class B {}");

        assertEquals(List.of("test.AMachine", "test.BMachine"), Files.readAllLines(list));
    }

    @Test
    void theListOfMachinesCanBeSwitchedOff() {
        Compilation.of(output, List.of("-Aforesail.services=false"), "@Protocol(\"a\") class A {}");

        assertTrue(Files.exists(output.resolve("test/AMachine.class")));
        assertTrue(Files.notExists(output.resolve("META-INF/services")));
    }
}
