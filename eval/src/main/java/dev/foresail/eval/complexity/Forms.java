package dev.foresail.eval.complexity;

import dev.foresail.eval.blocks.ExposedBlocks;
import dev.foresail.eval.epidemic.Epidemic;
import dev.foresail.eval.proposer.ExposedProposer;
import dev.foresail.randtree.RandTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A protocol in several forms: the files of the project around the working directory, or the copies in the jars.
 *
 * @param protocol for people
 * @param module the directory of the module that they are in
 * @param exposed the class with the choice exposed
 * @param hardCoded the file names of the forms with the choice hard-coded, which lie beside it
 * @param shared the file names of what they rest on (superclasses; classes of which only the exposed form uses a part), which lie there too, or where their paths lead from there, and are told, but compared with nothing
 */
record Forms(String protocol, String module, Class<?> exposed, List<String> hardCoded, List<String> shared) {
    static final List<Forms> ALL = List.of(
            new Forms(
                    "RandTree",
                    "randtree-demo",
                    RandTree.class,
                    List.of("BaselineRandTree.java", "AdaptiveRandTree.java"),
                    List.of()),
            new Forms("gossip", "eval", Epidemic.class, List.of("BarGossip.java", "FlightPath.java"), List.of()),
            new Forms(
                    "proposer",
                    "eval",
                    ExposedProposer.class,
                    List.of("FixedLeader.java", "Mencius.java"),
                    List.of("SingleProposer.java", "Replica.java")),
            new Forms(
                    "blocks",
                    "eval",
                    ExposedBlocks.class,
                    List.of("RandomBlocks.java", "RarestBlocks.java", "SwitchOverBlocks.java"),
                    List.of("Share.java", "Requests.java", "Waits.java")));

    String exposedFile() {
        return exposed.getSimpleName() + ".java";
    }

    /**
     * Measures the exposed form, then the others, then what they share.
     *
     * @param start the directory from which the project is looked for, upwards
     * @throws UncheckedIOException when a source can't be read
     */
    ComplexityReport measure(Path start) {
        List<String> names = new ArrayList<>();
        names.add(exposedFile());
        names.addAll(hardCoded);
        names.addAll(shared);
        Optional<Path> directory = RandTreeSources.projectRoot(start).map(this::directory);
        if (directory.isPresent()) {
            return SourceComplexity.measure(
                    names.stream().map(directory.get()::resolve).toList());
        }
        return new ComplexityReport(names.stream()
                .map(name -> SourceComplexity.measure(name, copy(name)))
                .toList());
    }

    private Path directory(Path root) {
        return root.resolve(
                module + "/src/main/java/" + exposed.getPackageName().replace('.', '/'));
    }

    /** The copy in the jar. */
    String copy(String name) {
        Path directory = Path.of("/" + exposed.getPackageName().replace('.', '/'));
        String place = directory.resolve(name).normalize().toString().replace('\\', '/');
        try (InputStream in = exposed.getResourceAsStream(place)) {
            if (in == null) {
                throw new IOException("the jar of " + module + " holds no copy of it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot read the source " + name, missing);
        }
    }
}
