package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random protocols, each written twice: in one class, and cut into a class and superclasses at random. Both are the same
 * protocol, down to the schema, and do the same.
 */
class FlatAndInheritedTest {
    private static final int PROTOCOLS = 12;
    private static final int EVENTS = 60;

    /** What a protocol is made of: # is a number of its own, CLASS the class that it stands in. */
    private static final List<String> PARTS = List.of("""
            int n#;
            @OnCall public void add#(int by) { n# += by; }
            @Safety public static boolean isNear#(CLASS state, NodeId self) { return state.n# < 1000; }
            """, """
            final SortedSet<NodeId> from# = new TreeSet<>();
            boolean isOpen#(Words.Word word) { return word.number() % 2 == 0; }
            @OnCall public void say#(int number, Node node) { node.send(node.self(), new Words.Word(number)); }
            @OnConnectionError(when = "isKnown#") void lost#(NodeId peer) { from#.remove(peer); }
            boolean isKnown#(NodeId peer) { return from#.contains(peer); }
            @Metric static int size#(SystemView<CLASS> view) {
                return view.nodes().stream().mapToInt(id -> view.state(id).from#.size()).sum();
            }
            """, """
            @Durable long ticks#;
            @OnTimer("tick#") void tick#(Node node) { ticks#++; node.note("tick#"); }
            @OnCall void arm#(int millis, Node node) { node.setTimer("tick#", Duration.ofMillis(millis)); }
            @Liveness(within = "3s") static boolean hasTicked#(SystemView<CLASS> view) {
                return view.all(state -> state.ticks# > 0);
            }
            """, """
            Optional<NodeId> up# = Optional.empty();
            @Stable final SortedMap<NodeId, Integer> facts# = new TreeMap<>();
            @OnCall void under#(int id) { up# = Optional.of(NodeId.of(id)); facts#.putIfAbsent(NodeId.of(id), id); }
            @Aggregate static int weight#(CLASS state, Known<Integer> up#) { return up#.fold(1, Integer::sum); }
            @Metric static double heavy#(SystemView<CLASS> view, Known<Integer> weight#) { return 1; }
            """, """
            final List<Integer> choices# = new ArrayList<>(List.of(1, 2, 3));
            int last#;
            @OnCall void pick#(int more, @ChoicePoint(from = "choices#") int one, Node node) {
                last# = one;
                choices#.add(more + node.choose("also#", List.of(4, 5)));
            }
            """);

    private static final String WORDS = """
            public final class Words {
                public record Word(int number) {}
            }""";

    @TempDir
    Path output;

    private record Part(int number, String text) {
        String in(String className) {
            return text.replace("#", Integer.toString(number)).replace("CLASS", className);
        }
    }

    /** The class, which handles words by all the parts that take them. */
    private static String write(String name, String head, List<Part> parts) {
        StringBuilder source = new StringBuilder(head).append(" {\n");
        parts.forEach(part -> source.append(part.in(name)));
        return source.append("}").toString();
    }

    private static String[] sources(long seed) {
        Random random = new Random(seed);
        List<String> sources = new ArrayList<>(List.of(WORDS));
        for (int protocol = 0; protocol < PROTOCOLS; protocol++) {
            List<Part> parts = new ArrayList<>();
            for (int number = 0; number < 2 + random.nextInt(6); number++) {
                parts.add(new Part(number, PARTS.get(random.nextInt(PARTS.size()))));
            }
            parts.add(new Part(99, "int words; @OnMessage void word(Words.Word word) { words += word.number(); }\n"));
            String marked = "@Protocol(\"p" + protocol + "\")\n";
            sources.add(write("Flat" + protocol, marked + "class Flat" + protocol, parts));
            String above = "";
            int from = 0;
            for (int cut = 1 + random.nextInt(3); cut > 0; cut--) {
                int to = from + random.nextInt(parts.size() - from);
                String name = "Base" + protocol + "_" + cut;
                sources.add(write(name, "abstract class " + name + above, parts.subList(from, to)));
                above = " extends " + name;
                from = to;
            }
            String heir = "Heir" + protocol;
            sources.add(write(heir, marked + "class " + heir + above, parts.subList(from, parts.size())));
        }
        return sources.toArray(String[]::new);
    }

    @Test
    void aProtocolCutIntoClassesIsTheSame() throws IOException, ReflectiveOperationException {
        String[] sources = sources(7);
        List<String> flat = Stream.of(sources)
                .filter(each -> !each.matches("(?s).*(Heir|Base).*"))
                .toList();
        List<String> cut =
                Stream.of(sources).filter(each -> !each.contains("class Flat")).toList();
        assertEquals(
                "",
                Compilation.of(output.resolve("flat"), flat.toArray(String[]::new))
                        .toString());
        assertEquals(
                "",
                Compilation.of(output.resolve("cut"), cut.toArray(String[]::new))
                        .toString());
        try (URLClassLoader flats = loader("flat");
                URLClassLoader cuts = loader("cut")) {
            for (int protocol = 0; protocol < PROTOCOLS; protocol++) {
                Machine<?> one = machine(flats, "Flat" + protocol);
                Machine<?> other = machine(cuts, "Heir" + protocol);
                assertEquals(description(one), description(other));
                assertEquals(play(one, protocol), play(other, protocol));
            }
        }
    }

    private URLClassLoader loader(String directory) throws IOException {
        return new URLClassLoader(
                new URL[] {output.resolve(directory).toUri().toURL()},
                getClass().getClassLoader());
    }

    private static Machine<?> machine(ClassLoader loader, String protocol) throws ReflectiveOperationException {
        return (Machine<?>) loader.loadClass("test." + protocol + "Machine")
                .getConstructor()
                .newInstance();
    }

    private static String description(Machine<?> machine) {
        return String.join(
                "\n",
                machine.protocol(),
                Long.toHexString(machine.schema()),
                machine.handlers().toString(),
                machine.calls().toString(),
                machine.timers().toString(),
                machine.metrics().stream().map(MetricDescription::name).toList().toString(),
                machine.properties().stream()
                        .map(PropertyDescription::name)
                        .toList()
                        .toString());
    }

    /** What comes of random events: the states, their bytes, and what was sent and noted. */
    private static <S> String play(Machine<S> machine, long seed) {
        Random random = new Random(seed);
        EmbeddedNode<S> node = EmbeddedNode.of(machine, NodeId.of(1))
                .choices(Choices.random(seed))
                .start();
        StringBuilder told = new StringBuilder();
        for (int event = 0; event < EVENTS && !machine.calls().isEmpty(); event++) {
            CallDescription call =
                    machine.calls().get(random.nextInt(machine.calls().size()));
            node.call(call.name(), random.nextInt(40));
            node.sent().stream().map(sent -> sent.message().toString()).forEach(told::append);
            node.takeSent().forEach(sent -> node.deliver(NodeId.of(2), sent.message()));
            node.advance(java.time.Duration.ofMillis(random.nextInt(30)));
            S copy = machine.copy(node.state());
            told.append(machine.describe(copy)).append(Arrays.toString(bytes(machine, copy)));
            S read = machine.read(new StateReader(bytes(machine, copy)), copy);
            told.append(machine.values(read)).append(Arrays.toString(bytes(machine, machine.restarted(read))));
        }
        return told.append(node.notes()).toString();
    }

    private static <S> byte[] bytes(Machine<S> machine, S state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.toByteArray();
    }
}
