package dev.foresail.predictor.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.determinism.fixture.Careful;
import dev.foresail.predictor.determinism.fixture.DrawsNumbers;
import dev.foresail.predictor.determinism.fixture.Inherits;
import dev.foresail.predictor.determinism.fixture.IteratesByHash;
import dev.foresail.predictor.determinism.fixture.KeepsStatics;
import dev.foresail.predictor.determinism.fixture.ReadsClocks;
import dev.foresail.predictor.determinism.fixture.ReadsTheWorld;
import dev.foresail.predictor.determinism.fixture.TidyMachine;
import dev.foresail.predictor.determinism.fixture.UsesIdentity;
import dev.foresail.predictor.determinism.fixture.UsesThreads;
import dev.foresail.predictor.determinism.fixture.Winding;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.guardrail.OwnCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytecodeScanTest {
    private static final Pattern MARK = Pattern.compile("// (next: )?(FS\\d{3}) (\\S+)$");

    private final BytecodeScan scan = new BytecodeScan(
            getClass().getClassLoader(), OwnCode.allBut(List.of("dev.foresail.choice.", "dev.foresail.network.")));

    private ScanReport scan(Class<?> protocol) {
        return scan.scan(protocol.getName(), List.of());
    }

    /** The lines that a fixture itself marks, as {@code file:line code what-is-called}. */
    private static List<String> marked(Class<?> fixture) throws IOException {
        String name = fixture.getSimpleName() + ".java";
        Path source = Path.of(System.getProperty("foresail.root", ".."))
                .resolve("predictor/src/test/java")
                .resolve(fixture.getPackageName().replace('.', '/'))
                .resolve(name);
        List<String> lines = Files.readAllLines(source);
        List<String> marks = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            Matcher mark = MARK.matcher(lines.get(index));
            if (mark.find()) {
                int line = mark.group(1) == null ? index + 1 : index + 2;
                marks.add(name + ":" + line + " " + mark.group(2) + " " + mark.group(3));
            }
        }
        return marks.stream().sorted().toList();
    }

    private static List<String> places(ScanReport report) {
        return report.findings().stream()
                .map(found -> found.sourceFile() + ":" + found.line() + " "
                        + found.category().code() + " " + found.called())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ReadsClocks.class,
                DrawsNumbers.class,
                UsesThreads.class,
                UsesIdentity.class,
                IteratesByHash.class,
                ReadsTheWorld.class,
                KeepsStatics.class,
                Winding.class
            })
    void findsTheMarkedLinesAndNoOthers(Class<?> fixture) throws IOException {
        ScanReport report = scan(fixture);
        assertEquals(String.join("\n", marked(fixture)), String.join("\n", places(report)));
        assertEquals(List.of(), report.unread());
    }

    @Test
    void looksIntoInheritedHandlers() throws IOException {
        assertEquals(marked(Inherits.class), places(scan(Inherits.Heir.class)));
    }

    @Test
    void everyCategoryHasAFixture() throws IOException {
        List<String> marks = new ArrayList<>();
        for (Class<?> fixture : List.of(
                ReadsClocks.class,
                DrawsNumbers.class,
                UsesThreads.class,
                UsesIdentity.class,
                IteratesByHash.class,
                ReadsTheWorld.class,
                KeepsStatics.class)) {
            marks.addAll(marked(fixture));
        }
        for (String code : List.of("FS260", "FS261", "FS262", "FS263", "FS264", "FS265", "FS266")) {
            assertTrue(marks.stream().anyMatch(mark -> mark.contains(" " + code + " ")), code);
        }
        assertEquals(7, Category.values().length);
    }

    @Test
    void saysWhichCallsLeadThere() {
        Finding found = scan(Winding.class).findings().stream()
                .filter(each -> each.method().equals("deeper"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("Winding.onMessage", "Winding.lambda", "Winding.helper", "Winding.lambda", "Winding.deeper"),
                found.chain().stream()
                        .map(call -> call.replaceAll("(\\$onMessage|\\$helper)?\\$\\d+ ", " ")
                                .replaceAll(" .*", ""))
                        .toList());
        assertTrue(found.chain().get(4).endsWith(" (Winding.java:" + found.line() + ")"), found.chain()::toString);
        assertTrue(
                found.message()
                        .startsWith("[FS260] Winding.java:" + found.line()
                                + ": dev.foresail.predictor.determinism.fixture.Winding.deeper reads a clock:"
                                + " java.lang.System.currentTimeMillis(); take the time from node.nowNanos()"),
                found::message);
    }

    @Test
    void ordinaryProtocolsAreClean() {
        for (var machine : List.of(new TidyMachine(), new DispatchMachine(), new ChatterMachine())) {
            ScanReport report = scan.scan(machine);
            assertEquals(List.of(), report.findings(), machine::protocol);
            assertEquals(List.of(), report.unread());
            assertTrue(report.methods() > 5, machine::protocol);
        }
    }

    @Test
    void whatTheAuthorAnswersForIsListedInstead() {
        ScanReport report = scan(Careful.class);
        assertEquals(List.of(), report.findings());
        String place = Careful.class.getName();
        assertEquals(
                List.of(
                        place + "$Meter.<init>: counts for the log only",
                        place + "$Meter.read: counts for the log only",
                        place + ".measured: thrown away"),
                report.allowed());
    }

    @Test
    void aClassThatCannotBeFoundIsNamed() {
        assertEquals(
                List.of("com.example.Missing"),
                scan.scan("com.example.Missing", List.of()).unread());
    }

    @Test
    void classFilesOfTheNewestJavaCanBeRead() throws IOException {
        byte[] bytes;
        try (var file = getClass().getResourceAsStream("fixture/Tidy.class")) {
            bytes = file.readAllBytes();
        }
        // The major version stands in bytes 6 and 7; that of JDK 25 is 69.
        bytes[6] = 0;
        bytes[7] = 69;
        assertEquals(
                "dev.foresail.predictor.determinism.fixture.Tidy",
                ClassFileReader.read(bytes).name());
    }

    @Test
    void theClassesOfAFieldAreThoseThatItsDeclarationNames() throws IOException {
        byte[] bytes;
        try (var file = getClass().getResourceAsStream("fixture/Shelf.class")) {
            bytes = file.readAllBytes();
        }
        String here = "dev.foresail.predictor.determinism.fixture.";
        assertEquals(
                List.of(here + "Shelf$Box$Leaf", here + "Tidy", "java.lang.Number", "java.util.List", "java.util.Map"),
                List.copyOf(ClassFileReader.read(bytes).fieldTypes()));
    }
}
