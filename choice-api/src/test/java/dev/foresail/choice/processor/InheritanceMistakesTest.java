package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake with superclasses, each expected on the line that is marked with its code. */
class InheritanceMistakesTest {
    @TempDir
    Path output;

    private String compile(String... sources) {
        Compilation compilation = Compilation.of(output, sources);
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    @Test
    void aBaseWithoutMistakesCompilesWithoutAWord() {
        assertEquals("", compile("""
                abstract class Base {
                    public record Ping(int number) {}
                    final SortedSet<NodeId> peers = new TreeSet<>();
                    boolean isFirst(Ping ping) { return ping.number() == 0; }
                    @OnStart void start(Node node) { node.setTimer("again", Duration.ZERO); }
                    @OnTimer("again") abstract void again(Node node);
                    @OnMessage(when = "isFirst") void first(Ping ping, @From NodeId from) { peers.add(from); }
                    @OnMessage(when = "!isFirst")
                    void next(Ping ping, @ChoicePoint(from = "peers") NodeId peer, Node node) { node.send(peer, ping); }
                    @Metric static int peers(SystemView<Base> view) { return 1; }
                }""", """
                @Protocol("p") class P extends Base {
                    @Override @OnTimer("again") void again(Node node) { node.send(node.self(), new Ping(1)); }
                    @Safety static boolean good(SystemView<Base> view) { return true; }
                }""", """
                @Protocol("q") class Q extends Base {
                    @Override @OnStart void start(Node node) { super.start(node); }
                    @Override @OnTimer("again") void again(Node node) { node.setTimer("again", Duration.ZERO); }
                }"""));
    }

    @Test
    void fs483SuperclassesAreAbstractClassesOfOnesOwn() {
        String text = compile("""
                class Whole {
                    static abstract class Generic<T> {}
                    @Protocol("one")
                    static class One extends Whole {} //! FS483
                    @Protocol("two")
                    static class Two extends Generic<String> {} //! FS483
                    @Protocol("three")
                    static class Three extends TimerTask { //! FS483
                        @Override public void run() {} }
                    static abstract class Middle extends Whole {} //! FS483
                    @Protocol("four")
                    static class Four extends Middle {}
                    @Protocol("five")
                    static abstract class Five {} //! FS026
                    @Protocol("six")
                    static class Six extends Five {} //! FS483
                }""");
        assertTrue(text.contains("test.Whole of a protocol is not abstract"), text);
        assertTrue(text.contains("test.Whole.Five of a protocol is a protocol itself"), text);
    }

    @Test
    void fs484NoHandlerIsLostByOverriding() {
        String text = compile("""
                class Forms {
                    public record Ping() {}
                    static abstract class Base {
                        final SortedSet<NodeId> peers = new TreeSet<>();
                        @OnMessage void ping(Ping ping, @From NodeId from) {}
                        @OnTimer("one")
                        void tick(Node node) { node.setTimer("one", Duration.ZERO); } //! FS014
                        @OnCall void pick(@ChoicePoint(from = "peers") NodeId peer) {}
                        @Neighbours SortedSet<NodeId> around() { return peers; }
                        @Safety static boolean safe(SystemView<Base> view) { return true; }
                        @OnSuspicion void silent(NodeId peer) {}
                        void help(NodeId peer) {}
                    }
                    static abstract class Middle extends Base {
                        @Override @OnSuspicion void silent(NodeId peer) {}
                    }
                    @Protocol("p") static class P extends Middle {
                        @Override
                        void ping(Ping ping, NodeId from) {} //! FS484
                        @Override @OnTimer("two")
                        void tick(Node node) { node.setTimer("two", Duration.ZERO); } //! FS484
                        @Override @OnCall
                        void pick(NodeId peer) {} //! FS484
                        @Override
                        SortedSet<NodeId> around() { return new TreeSet<>(); } //! FS484
                        static boolean safe(SystemView<Base> view) { return false; } //! FS484
                        @Override
                        void silent(NodeId peer) {} //! FS484
                        @Override
                        void help(NodeId peer) {}
                    }
                }""");
        assertTrue(text.contains("replaces that of Base, which is marked @OnTimer(\"one\")"), text);
    }

    @Test
    void fs485FieldsDoNotHideEachOther() {
        compile("""
                abstract class Base {
                    static final int LIMIT = 1;
                    int count;
                }""", """
                @Protocol("p") class P extends Base {
                    static final int LIMIT = 2;
                    long count; //! FS485
                }""");
    }

    @Test
    void fs486HandlersAreOfClasses() {
        compile("""
                interface Pinging {
                    record Ping() {}
                    @OnMessage
                    default void ping(Ping ping) {} //! FS486
                }""", """
                abstract class Base implements Pinging {}""", """
                @Protocol("p") class P extends Base {}""");
    }

    @Test
    void mistakesStandWhereTheyAreMadeAndAreReportedOnce() {
        compile("""
                abstract class Base {
                    record Ping() {}
                    record Pong() {}
                    static int count; //! FS020
                    private int hidden; //! FS025
                    Set<String> names; //! FS021
                    @OnMessage private void ping(Ping ping) {} //! FS003
                    @OnCall(when = "isOpn") //! FS011
                    void call(Node node) {
                        node.setTimer("tick", Duration.ZERO); //! FS014
                        node.send(node.self(), new Pong()); //! FS015
                    }
                    boolean isOpen() { return true; }
                    @Metric static int size(SystemView<String> view) { return 1; } //! FS031
                }""", """
                @Protocol("p") class P extends Base {}""", """
                @Protocol("q") class Q extends Base {}""");
    }

    @Test
    void thereIsOneStartOfAll() {
        String text = compile("""
                abstract class Base {
                    @OnStart void start() {}
                }""", """
                @Protocol("p") class P extends Base {
                    @OnStart void begin() {} //! FS036
                }""");
        assertTrue(text.contains("'start' is one already, inherited from Base: override 'start'"), text);
    }

    @Test
    void membersOfAnotherPackageMustBePublic() {
        Path base = output.resolve("base");
        String packaged = """
                abstract public class Base {
                    int hidden;
                    protected int half;
                    public int open;
                    @OnCall void call(int number) {}
                    @OnCall public void good(int number) {}
                }""";
        Compilation compilation = Compilation.ofPackage(base, List.of("-g"), "lib", packaged);
        assertEquals("", compilation.toString());

        Compilation heir = Compilation.of(output, List.of("-cp", classPath(base)), """
                @Protocol("p")
                class P extends lib.Base { //! FS025 FS025 FS003
                }""");

        heir.assertMarkedMistakes();
        assertTrue(heir.toString().contains("(in lib.Base, which is compiled already)"), heir.toString());
    }

    @Test
    void fs487CompiledSuperclassesKeepTheNamesOfParameters() {
        Path base = output.resolve("base");
        String source = "public abstract class Base { @OnCall public void call(int number) {} }";
        String heir = """
                @Protocol("p")
                class P extends lib.Base { //! FS487
                }""";
        Compilation.ofPackage(base, List.of("-g:none"), "lib", source);
        Compilation.of(output, List.of("-cp", classPath(base)), heir).assertMarkedMistakes();

        Compilation.ofPackage(base, List.of("-g:none", "-parameters"), "lib", source);
        Compilation.of(output, List.of("-cp", classPath(base)), heir.replace(" //! FS487", ""))
                .assertMarkedMistakes();
    }

    private static String classPath(Path first) {
        return first + System.getProperty("path.separator") + System.getProperty("java.class.path");
    }
}
