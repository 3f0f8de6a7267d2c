package dev.foresail.eval.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OverlaySizeTest {
    private static final Experiment.Options OPTIONS =
            new Experiment.Options(Optional.empty(), 0, false, Optional.empty(), new Interruption(), hint -> {});

    /** Descriptions of packages, scenarios and what is seen of a run for their figures, the other form of Overcast and what measures it, and the layer that Chord can do without with what measures it. */
    private static final Pattern NOT_COUNTED = Pattern.compile(
            "package-info.java|.*(Scenario|Exploration).java|StreamTrees.java|Exposed(Overcast|Overlays).java|Overcast(Form|Trial|Choice).java"
                    + "|Proximity(Rule)?.java|Distances.java|NextHop(s|Form|Trial).java");

    private static SourceFigures source(int statements, int components) {
        return new SourceFigures("Any.java", 100, new CodeCounts(statements, 7), CodeCounts.NONE, 10, 5, components);
    }

    private static Overlay overlay(String name) {
        return new Overlay(name, 200, Optional.empty(), Optional.empty());
    }

    @Test
    void allFilesAndFieldsOfMessagesCountAndWhatIsMissingMissesItsBar() {
        Map<Overlay, List<SourceFigures>> measured = new LinkedHashMap<>();
        measured.put(overlay("small"), List.of(source(100, 0), source(30, 10)));
        measured.put(overlay("large"), List.of(source(100, 0), source(30, 11)));
        measured.put(overlay("none"), List.of());
        measured.put(new Overlay("half", 200, Optional.empty(), Optional.of("lookups")), List.of(source(20, 0)));
        Experiment.Report report = OverlaySize.report(measured, "again");
        assertEquals(
                List.of(70.0, 70.5, Double.NaN, Double.NaN),
                report.bars().stream().map(Bar::value).toList());
        assertEquals(
                List.of(true, false, false, false),
                report.bars().stream().map(Bar::holds).toList());
        assertEquals(List.of("none"), report.results().get("missing"));
    }

    @Test
    void everyOverlayOfTheTableHasABar() {
        Experiment.Report report = new OverlaySize().run(OPTIONS);
        assertEquals(7, report.bars().size());
        assertEquals(
                2400, Overlay.ALL.stream().mapToInt(Overlay::maceSemicolons).sum());
    }

    /** A file that was added to a protocol was not counted, and nobody noticed. */
    @Test
    void everyFileOfAProtocolIsCountedButItsScenariosAndOtherForms() throws IOException {
        Path root = RandTreeSources.projectRoot(Path.of("")).orElseThrow();
        for (Overlay overlay : Overlay.ALL) {
            Optional<Forms> sources = overlay.sources();
            if (sources.isPresent()) {
                List<String> counted = sources.get().measure(Path.of("")).sources().stream()
                        .map(SourceFigures::name)
                        .toList();
                String directory = sources.get().exposed().getPackageName().replace('.', '/');
                try (Stream<Path> files = Files.list(root.resolve("eval/src/main/java/" + directory))) {
                    assertEquals(
                            List.of(),
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> !counted.contains(file)
                                            && !NOT_COUNTED.matcher(file).matches())
                                    .toList());
                }
            }
        }
    }

    @Test
    void theCopiesInTheJarsAreTheSources() {
        for (Overlay overlay : Overlay.ALL) {
            overlay.sources().ifPresent(sources -> {
                List<SourceFigures> measured = sources.measure(Path.of("")).sources();
                assertTrue(measured.size() > 1, overlay::toString);
                List<String> names = Stream.concat(Stream.of(sources.exposedFile()), sources.shared().stream())
                        .toList();
                for (int file = 0; file < names.size(); file++) {
                    SourceFigures source = measured.get(file);
                    assertEquals(source, SourceComplexity.measure(source.name(), sources.copy(names.get(file))));
                }
            });
        }
    }
}
