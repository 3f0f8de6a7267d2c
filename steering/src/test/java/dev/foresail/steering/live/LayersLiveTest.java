package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Stack;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.fixture.Letters;
import dev.foresail.steering.fixture.Nodes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Live nodes of two layers, by what their configuration says. */
final class LayersLiveTest {
    private static final ClassLoader LOADER = LayersLiveTest.class.getClassLoader();

    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private static NodeConfiguration read(String protocol) {
        return new ConfigurationReader(Protocols.of(LOADER), LOADER)
                .readNode("node.yaml", "protocol: " + protocol + "\nnode: 1\nlisten: 127.0.0.1:0\n");
    }

    private List<String> kept(long id) {
        return ((Stack) nodes.node(id).snapshotState().join()).layer(Letters.class).kept;
    }

    @Test
    void aStackOfTheConfigurationTalksOverSocketsAndOutlivesACrash() {
        Machine<?> machine = ProtocolLookup.find(read("[letters, post]").protocol(), LOADER);
        nodes.start(1, machine);
        Path file = directory.resolve("n2.state");
        nodes.withStorage(file).start(2, machine);
        nodes.node(1).call("write", id(2), List.of("dear", "you")).join();
        Nodes.await("the letter", () -> kept(2).equals(List.of("n1 1 [dear, you]")));
        nodes.node(2).call("write", id(1), List.of("yes")).join();
        Nodes.await("the answer", () -> kept(1).equals(List.of("n2 1 [yes]")));

        nodes.node(2).kill();
        nodes.start(2, machine);
        assertEquals(List.of("n1 1 [dear, you]"), kept(2));
        nodes.node(2).call("write", id(1), List.of("again")).join();
        Nodes.await("the next answer", () -> kept(1).contains("n2 2 [again]"));
    }

    @Test
    void layersThatDoNotFitAreRefusedWhereTheyStand() {
        assertEquals("letters/post", read("letters/post").protocol());
        String wrongOrder = refused(() -> read("[post, letters]"));
        assertTrue(wrongOrder.contains("write 'letters/post'") && wrongOrder.contains("node.yaml:1"), wrongOrder);
        String misspelt = refused(() -> read("[letters, past]"));
        assertTrue(misspelt.contains("no protocol is named 'past'"), misspelt);
        String alone = refused(() -> ProtocolLookup.find("letters", LOADER));
        assertTrue(alone.contains("FS492"), alone);
    }

    private static String refused(Executable read) {
        return String.valueOf(assertThrows(RuntimeException.class, read).getMessage());
    }
}
