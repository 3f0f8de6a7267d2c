package dev.foresail.eval.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.config.ServiceChoicesReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/choices.md: its file is one. */
class ChoicesPageTest {
    @Test
    void theFileOfThePageIsUnderstood() throws IOException {
        Path page = CodeBlocks.projectRoot().resolve("docs/choices.md");
        String file = CodeBlocks.of(page, "yaml").get(0);

        assertEquals(
                Set.of("replica", "mirror"),
                ServiceChoicesReader.read("choices.yaml", file).keySet());
    }
}
