package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.stack.Machines;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        }
    }
}
