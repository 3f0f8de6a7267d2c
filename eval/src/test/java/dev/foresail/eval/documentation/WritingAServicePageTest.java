package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/writing-a-service.md: its files are compiled, and its node runs. */
class WritingAServicePageTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^public (?:class|interface) (\\w+)");

    @TempDir
    Path directory;

    @Test
    void theLayersOfThePageRunAsAStack() throws IOException, ReflectiveOperationException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (String block : CodeBlocks.of(CodeBlocks.projectRoot().resolve("docs/writing-a-service.md"), "java")) {
            Matcher type = TYPE.matcher(block);
            type.find();
            sources.add(Files.writeString(directory.resolve(type.group(1) + ".java"), block));
        }
        assertEquals("", PageCompiler.compile(sources, classes));

        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            assertEquals(
                    List.of("tea at four"),
                    loader.loadClass("notices.BoardExample").getMethod("run").invoke(null));
            assertEquals(
                    "board/sending",
                    Machines.of(loader).matches("board/sending").get(0).protocol());
            runErrands(loader);
        }
    }

    /** A node that is alone is the root of its key, and without room for a second message of it until the first has ended. */
    private static void runErrands(ClassLoader loader) throws ReflectiveOperationException {
        StackMachine machine = (StackMachine) Machines.of(loader)
                .matches("errands/recursive-route/static-ring")
                .get(0);
        EmbeddedNode<Stack> node = EmbeddedNode.of(machine, NodeId.of(1), Map.of("members", "1", "window", "1"))
                .start()
                .call("run", 1L, "milk")
                .call("run", 1L, "bread");
        node.takeSent().forEach(sent -> node.deliver(sent.to(), sent.message()));
        Object errands = node.state().layer(loader.loadClass("notices.Errands"));
        assertEquals(List.of("milk"), errands.getClass().getField("heard").get(errands));
        assertEquals(
                List.of("bread not sent", "milk delivered to n1"),
                errands.getClass().getField("ended").get(errands));
    }
}
