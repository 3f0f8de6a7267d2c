package dev.foresail.steering.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * From the bytes of a file to a tree of nodes with positions. The text is first read as a stream of events, which needs no
 * stack, so that a hostile nesting is refused before the composer recurses into it.
 */
final class YamlText {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 64;

    private YamlText() {}

    /** @throws ConfigurationException FS201 when the file cannot be read, is too large or is no UTF-8 */
    static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw tooLarge(file.toString());
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new ConfigurationException("FS201", file + " is not UTF-8 text");
        } catch (IOException failure) {
            String reason = Files.exists(file) ? failure.getMessage() : "there is no such file";
            throw new ConfigurationException("FS201", "cannot read " + file + ": " + reason);
        }
    }

    private static ConfigurationException tooLarge(String file) {
        return new ConfigurationException("FS201", file + " is larger than 1 MiB, which no configuration needs");
    }

    /**
     * The document's root.
     *
     * @return empty when the text has no content
     * @throws ConfigurationException FS202 when it is no YAML, FS203 when it uses what configurations must not
     */
    static Optional<Node> compose(String file, String text) {
        if (text.length() > MAX_BYTES) {
            throw tooLarge(file);
        }
        Problems problems = new Problems(file);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            check(new Parse(settings).parseString(text), problems);
            problems.throwIfAny();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException wrong) {
            String context = wrong.getContext() == null ? "" : wrong.getContext() + ": ";
            problems.add(wrong.getProblemMark(), "FS202", "this is not YAML: " + context + wrong.getProblem());
        } catch (YamlEngineException wrong) {
            String firstLine =
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
            problems.add(Optional.empty(), "FS202", "this is not YAML: " + firstLine);
        }
        throw problems.exception();
    }

    private static void check(Iterable<Event> events, Problems problems) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent) {
                documents++;
            }
            if (depth > MAX_DEPTH) {
                problems.add(event.getStartMark(), "FS203", "nested deeper than " + MAX_DEPTH + " levels");
                return;
            }
            if (documents > 1) {
                problems.add(event.getStartMark(), "FS203", "a second document; a file has one");
                return;
            }
            if (event instanceof NodeEvent node) {
                checkNode(node, problems);
            }
        }
    }

    private static void checkNode(NodeEvent event, Problems problems) {
        if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
            problems.add(
                    event.getStartMark(), "FS203", "anchors and aliases (& and *) are refused; write the value out");
        }
        Optional<String> tag = Optional.empty();
        if (event instanceof ScalarEvent scalar) {
            tag = scalar.getTag();
        } else if (event instanceof CollectionStartEvent collection) {
            tag = collection.getTag();
        }
        if (tag.isPresent()) {
            problems.add(event.getStartMark(), "FS203", "the tag '" + tag.get() + "' is refused; write plain values");
        }
    }
}
