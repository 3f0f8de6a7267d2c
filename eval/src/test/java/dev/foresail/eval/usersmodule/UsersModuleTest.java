package dev.foresail.eval.usersmodule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a project that Maven runs; a script takes Maven's place. */
final class UsersModuleTest {
    private static final String REPORT = "<?xml version=\"1.0\"?><testsuite name=\"T\" time=\"1,003.25\" tests=\"200\" "
            + "errors=\"1\" skipped=\"0\" failures=\"2\"><testcase name=\"seed 0\" time=\"0.5\"/></testsuite>";

    @TempDir
    private Path project = Path.of("");

    private String script(String text) throws IOException {
        Path script = Files.writeString(project.resolve("mvn"), "#!/bin/sh\n" + text + "\n");
        assertTrue(script.toFile().setExecutable(true));
        return script.toString();
    }

    @Test
    void surefiresReportIsRead() throws Exception {
        Files.writeString(project.resolve("report.xml"), REPORT);
        String maven = script("mkdir -p target/surefire-reports; cp report.xml target/surefire-reports/TEST-T.xml");
        MavenRun run = MavenRun.play(maven, project, "T#t", new Interruption()).orElseThrow();
        assertEquals(new SurefireReport(1003.25, 200, 3), run.report());
        Files.writeString(project.resolve("none.xml"), "<testsuite/>");
        assertThrows(IOException.class, () -> SurefireReport.read(project.resolve("none.xml")));
    }

    @Test
    void whatKeepsMavenFromTestingIsSaid() throws Exception {
        String maven =
                script("echo '[ERROR] '; echo '[ERROR] Could not find artifact dev.foresail:choice-api'; exit 1");
        ConfigurationException untested = assertThrows(
                ConfigurationException.class, () -> MavenRun.play(maven, project, "T#t", new Interruption()));
        assertEquals("FS445", untested.problems().get(0).code());
        assertTrue(untested.getMessage().contains("Could not find artifact dev.foresail"), untested::getMessage);
        ConfigurationException missing = assertThrows(
                ConfigurationException.class,
                () -> MavenRun.play(project.resolve("nothing").toString(), project, "T#t", new Interruption()));
        assertEquals("FS445", missing.problems().get(0).code());
    }

    @Test
    void theBarsAreTheMedianClassTheFewestTestsAndTheMostFailures() {
        List<MavenRun> runs = List.of(
                new MavenRun(20, new SurefireReport(9, 200, 0)),
                new MavenRun(8, new SurefireReport(4, 199, 0)),
                new MavenRun(6, new SurefireReport(3, 200, 1)));
        Experiment.Report report = UsersModule.report(runs, "");
        assertEquals(
                List.of(4.0, 199.0, 1.0),
                report.bars().stream().map(Experiment.Bar::value).toList());
        assertEquals(20.0, report.results().get("firstMavenSeconds"));
        assertTrue(UsersModule.report(List.of(), "").bars().stream().noneMatch(Experiment.Bar::holds));
    }
}
