package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake with services, each expected on the line that is marked with its code. */
class LayerMistakesTest {
    private static final String ROUTING = """
            @Service public interface Routing {
                void route(long key, Record message);
                boolean isRoot(long key);
                interface Upcalls { void deliver(long key, Record message); boolean forward(long key); void left(NodeId peer); }
            }""";

    @TempDir
    Path output;

    private String compile(String... sources) {
        Compilation compilation = Compilation.of(output, sources);
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    @Test
    void fs560LayersAreNotAskedWhatUnknownNodesAreLike() {
        compile(ROUTING, """
                @Protocol("high") class High {
                    @Uses(ignored = "left") Routing routing;
                    @OnUpcall void deliver(long key, Record any) {}
                    @OnUpcall boolean forward(long key) { return true; }
                    @Generic void unknown(Node node) {} //! FS560
                }""");
    }

    @Test
    void layersWithoutMistakesCompileWithoutAWord() {
        assertEquals("", compile(ROUTING, """
                @Protocol(value = "low", provides = Routing.class) class Low {
                    public record Hop(Record payload, List<Record> more, Optional<Record> last) {}
                    @Above Routing.Upcalls above;
                    Record kept;
                    final LinkedHashMap<Long, Record> waiting = new LinkedHashMap<>();
                    @OnDowncall(value = "route", when = "isHere") void here(long key, Record message) { above.deliver(key, message); }
                    @OnDowncall(value = "route", when = "!isHere")
                    void there(long key, Record message, @Caller String caller, Node node) {
                        kept = message;
                        node.send(node.self(), new Hop(message, List.of(message), Optional.empty()));
                    }
                    boolean isHere(long key, Node node) { return key == node.self().value(); }
                    @OnDowncall boolean isRoot(long key) { return true; }
                    @OnMessage void hop(Hop hop) { above.deliver(0, hop.payload()); }
                }""", """
                @Protocol("high") class High {
                    public record Put(List<String> values) {}
                    public record Get() {}
                    enum Phase { NEW, OLD }
                    @ControlState Phase phase = Phase.NEW;
                    @Uses(ignored = "left") Routing routing;
                    @OnUpcall("deliver") @In("NEW") void deliverNew(long key, Old old) { phase = Phase.OLD; }
                    @OnUpcall("deliver") @In("OLD") void deliverOld(long key, Old old) {}
                    public record Old() {}
                    @OnCall void put() { routing.route(1, new Put(List.of())); }
                    @OnUpcall void deliver(long key, Put put) {}
                    @OnUpcall void deliver(long key, Get get, Node node) {}
                    @OnUpcall boolean forward(long key) { return routing.isRoot(key); }
                }"""));
    }

    private static String everything(String members) {
        return """
                @Protocol(value = "all", provides = Routing.class) class All {
                    @Above Routing.Upcalls above;
                    @Uses Other other;
                    final SortedSet<NodeId> peers = new TreeSet<>();
                    final SortedMap<NodeId, Integer> counts = new TreeMap<>();
                    @OnDowncall void route(long key, Record message) { above.left(NodeId.of(1)); other.tell(); }
                    @OnDowncall boolean isRoot(long key) { return true; }
                    @OnUpcall void told() {}
                    @OnChange("peers") void changed() {}
                    @OnSilence(of = "peers", counts = "counts", every = "1s", within = "1s") void lost(NodeId peer) {}
                    @Aggregate static int size(All state) { return 1; }
                """ + members + "}";
    }

    /** Classes of the package with the very names of all those within the machine. */
    @Test
    void anAuthorsClassMayHaveTheNameOfAGeneratedOne() throws IOException {
        List<String> names = List.of(
                "AboveUsers",
                "Alone0",
                "Answered",
                "AtStepEnd",
                "Ping",
                "Pong",
                "SizeAggregate",
                "Taken0",
                "Used0",
                "Watched");
        List<String> sources = new ArrayList<>(List.of(
                ROUTING, "@Service public interface Other { void tell(); interface Upcalls { void told(); } }"));
        StringBuilder fields = new StringBuilder();
        for (String name : names) {
            sources.add("// class " + name + "\npublic record " + name + "(int number) {}");
            fields.append("%1$s the%1$s = new %1$s(1);%n".formatted(name));
        }
        sources.add(everything(fields.toString()));
        assertEquals("", compile(sources.toArray(String[]::new)));
        try (Stream<Path> files = Files.list(output.resolve("test"))) {
            assertEquals(
                    names,
                    files.map(each -> each.getFileName().toString())
                            .filter(each -> each.startsWith("AllMachine$"))
                            .map(each -> each.substring("AllMachine$".length(), each.length() - ".class".length()))
                            .sorted()
                            .toList(),
                    "a class that is not tried here");
        }
    }

    @Test
    void fs488ServicesAreInterfacesThatCanBePassed() {
        String text = compile("""
                class Services {
                    @Service interface Good { interface Upcalls {} }
                    @Service interface Bare {}
                    @Service interface Shares { void all(Set<String> names); }
                    @Service interface Asks { int[] numbers(); }
                    @Service interface Builds { void add(StringBuilder text); }
                    @Service interface Walks { Iterable<String> names(); }
                    record Bag(java.util.ArrayList<String> names) {}
                    @Service interface Bags { Bag bag(); }
                    @Service interface Names { void one(@Caller String layer); }
                    @Protocol("one")
                    static class One { @Uses Runnable runs; //! FS488
                    }
                    @Protocol(value = "two",
                            provides = Runnable.class) //! FS488
                    static class Two {}
                    @Protocol("three") static class Three {
                        @Uses Shares shares; //! FS488
                        @Uses Asks asks; //! FS488
                        @Uses Names names; //! FS488
                        @Uses Builds builds; //! FS488
                        @Uses Walks walks; //! FS488
                        @Uses Bags bags; //! FS488
                    }
                    @Protocol("four") static class Four {
                        @Uses Good good;
                        @Uses Good twice; //! FS488
                        @Uses private Bare hidden; //! FS488
                        @Uses final Bare fixed = null; //! FS488 FS488
                        @Above Good.Upcalls above; //! FS488
                    }
                    @Protocol(value = "five", provides = Good.class) static class Five {
                        @Above Good.Upcalls above;
                        @Above Good above2; //! FS488
                    }
                }""");
        assertTrue(text.contains("its call 'all' hands over"), text);
        assertTrue(text.contains("the protocol provides no service that has an interface Upcalls"), text);
    }

    @Test
    void fs489HandlersAnswerCallsThatThereAre() {
        String text = compile(ROUTING, """
                @Protocol(value = "low", provides = Routing.class) class Low {
                    @OnDowncall void route(long key, Record message) {}
                    @OnDowncall boolean isRoot(long key) { return true; }
                    @OnDowncall
                    void rout(long key, Record message) {} //! FS489
                    @OnUpcall
                    void deliver(long key, Record message) {} //! FS489
                }""", """
                @Protocol("high") class High {
                    public record Put() {}
                    @Uses(ignored =
                        {"left", "forward"}) //! FS489 FS489
                    Routing routing;
                    @OnUpcall
                    void deliver(int key, Put put) {} //! FS489
                    @OnUpcall
                    void forward(long key) {} //! FS489
                    @OnUpcall
                    void left(NodeId peer, @ChoicePoint(from = "peers") NodeId other) {} //! FS003
                }""", """
                class Twins {
                    @Service interface A { interface Upcalls { void tell(); } }
                    @Service interface B { interface Upcalls { void tell(); } }
                    @Protocol("twins") static class P {
                        @Uses A a; @Uses B b;
                        @OnUpcall
                        void tell() {} //! FS489
                    }
                    @Protocol("apart") static class Q {
                        @Uses A a; @Uses B b;
                        @OnUpcall(of = A.class) void tell() {}
                        @OnUpcall(value = "tell", of = B.class) void tellB() {}
                    }
                }""");
        assertTrue(text.contains("none is named 'rout'; did you mean 'route'?"), text);
        assertTrue(text.contains("it takes or returns something else than boolean forward(long)"), text);
    }

    @Test
    void fs490EveryCallIsAnsweredOrIgnored() {
        String text = compile(ROUTING, """
                @Protocol(value = "low", provides = Routing.class)
                class Low { //! FS490
                    @OnDowncall void route(long key, Record message) {}
                }""", """
                @Protocol("high") class High {
                    @Uses(ignored = "left")
                    Routing routing; //! FS490
                    @OnUpcall boolean forward(long key) { return true; }
                }""");
        assertTrue(text.contains("add @OnUpcall deliver, or say @Uses(ignored = \"deliver\")"), text);
    }

    @Test
    void fs491HandlersOfOneCallExcludeEachOther() {
        compile(ROUTING, """
                @Protocol("high") class High {
                    public record Put() {}
                    @Uses(ignored = "left") Routing routing;
                    @OnUpcall boolean forward(long key) { return true; }
                    @OnUpcall void deliver(long key, Record message) {}
                    @OnUpcall
                    void deliver(long key, Put put) {} //! FS491
                }""");
    }

    @Test
    void fs033HandOversAreOfMessagesThatTheEngineSees() {
        String text = compile(ROUTING, """
                @Protocol("high") class High {
                    public record Put() {}
                    public record Seen() {}
                    @Uses(ignored = "left") Routing routing;
                    @OnUpcall boolean forward(long key) { return true; }
                    @OnUpcall void deliver(long key, Put put) {}
                    @OnMessage void seen(Seen seen) {}
                    @Aggregate static int size(High state) { return 1; }
                    @HandOver("size") static int known(int size, Seen seen) { return size + 1; }
                    @HandOver("size")
                    static int handed(int size, Put put) { return size + 1; } //! FS033
                }""");
        assertTrue(text.contains("travels within messages of another layer only"), text);
    }

    @Test
    void payloadsAreNoArgumentsOfApplicationsNorAggregates() {
        compile("""
                @Protocol("p") class P {
                    @OnCall void send(
                        Record message) {} //! FS003
                    @Aggregate
                    static Record last(P state) { return null; } //! FS032
                    @OnUpcall
                    void deliver(long key) {} //! FS489
                }""");
    }
}
