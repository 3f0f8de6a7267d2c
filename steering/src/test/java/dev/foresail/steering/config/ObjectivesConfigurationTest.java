package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(ObjectivesConfigurationTest.class.getClassLoader()));

    private ResolverSettings resolver(String lines) {
        return reader.readNode("node.yaml", Samples.SMALL + lines).resolver();
    }

    private static Objective.Term term(String metric, double weight) {
        return new Objective.Term(new TreeMap<>(Map.of(metric, weight)));
    }

    @Test
    void theListKeepsItsOrderAndOldFormsStayWhatTheyWere() {
        Objective read = resolver("""
                        objectives:
                          - subject to: p95(crowding) < 50
                          - minimize: mean(crowding) + 0.2 * max(load)
                          - maximize: plates at 1s
                          - maximize: plates
                          - minimize: {crowding: 2, plates: 0.5}
                        horizon: 2s
                        """).objective().orElseThrow();
        assertEquals(
                List.of(
                        Formula.parse(Wanted.SUBJECT_TO, "p95(crowding) < 50"),
                        Formula.parse(Wanted.MINIMIZE, "mean(crowding) + 0.2 * max(load)"),
                        Formula.parse(Wanted.MAXIMIZE, "plates at 1s"),
                        term("plates", -1),
                        new Objective.Term(new TreeMap<>(Map.of("crowding", 2.0, "plates", 0.5)))),
                read.terms());
        assertEquals(Duration.ofSeconds(2), read.horizon());
    }

    @Test
    void aChoiceMayHaveObjectivesAndAHorizonOfItsOwn() {
        ResolverSettings read = resolver("""
                        choices:
                          order.cook: {objectives: [{minimize: rtt(candidate)}], horizon: 5s}
                          senders: "choose 2: minimize sum(rtt)"
                        """);
        assertEquals(ResolverSettings.Kind.PREDICTED, read.kind());
        assertEquals(Optional.empty(), read.objective());
        assertEquals(
                Map.of(
                        "order.cook",
                        new Objective(
                                List.of(Formula.parse(Wanted.MINIMIZE, "rtt(candidate)")), Duration.ofSeconds(5))),
                read.objectives());
        assertEquals(1, read.wishes().size());
        assertEquals(
                ResolverSettings.Kind.RANDOM,
                resolver("resolver: random\nchoices:\n  order: {objectives: [{minimize: plates}]}\n")
                        .kind());
    }

    @Test
    void futuresMayPlayOnlyWhatFollowsFromAChoice() {
        ResolverSettings read = resolver("""
                        objectives: [{minimize: plates}]
                        choices:
                          order.cook: {objectives: [{minimize: rtt(candidate)}], futures: consequences}
                        """);
        assertEquals(Objective.Futures.WHOLE, read.objective().orElseThrow().futures());
        assertEquals(
                Objective.Futures.CONSEQUENCES,
                read.objectives().get("order.cook").futures());
        Problem mistake = onlyProblem("objectives: [{minimize: plates}]\nfutures: consequence\n");
        assertEquals("FS207", mistake.code());
        assertTrue(mistake.text().contains("'consequences'"), mistake.text());
    }

    /** One mistake each, in the only line of the objectives. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "minimize: crowdng + 1|25|FS220|did you mean 'crowding'?",
                "minimize: mean(crowdng)|30|FS220|did you mean 'crowding'?",
                "minimize: men(crowding)|25|FS457|did you mean 'mean'?",
                "minimize: crowding + 3ms|34|FS455|'crowding' is a number and '3ms' is a duration",
                "minimize: plates * 3ms / 2MB + 5|38|FS455|cannot be divided",
                "subject to: crowding < 50ms|36|FS455|only what is of one kind can be compared",
                "subject to: p95(crowding)|40|FS454|a constraint compares",
                "subject to: p95(5) < 3|27|FS456|has no percentiles",
                "subject to: p95(mean(crowding)) < 3|27|FS456|has no percentiles",
                "subject to: 3 < 4|29|FS456|same for every alternative",
                "minimize: load|25|FS456|is an aggregate",
                "minimize: nobodyIsOwed|25|FS456|is a property",
                "minimize: holds(nobodyIsOwed)|25|FS456|stands alone behind 'subject to:'",
                "minimize: max(crowding)|25|FS456|takes two values or more",
                "minimize: abs(crowding - 1) at 11s|46|FS458|the horizon is 10s",
                "subject to: holds(everythingIsServed) at 11s|56|FS458|the horizon is 10s",
                "subject to: live(everythingIsServed) within 10s|59|FS458|never exceeded",
                "subject to: live(everythingIsServed)|27|FS456|says not within what time",
                "subject to: live(everythingIsSrved) within 1s|32|FS457|did you mean 'everythingIsServed'?",
                "minimize: rtt(cook)|29|FS457|'candidate' was expected",
                "minimize: candidate|25|FS456|is a node",
                "minimize: crowding < 3|34|FS454|stand behind 'subject to:'",
                "subject to: {crowding: 3}|27|FS207|a constraint such as",
                "minimise: crowding|15|FS204|did you mean 'minimize'?",
            })
    void aMistakeIsNamedWithItsPlace(String goal, int column, String code, String words) {
        Problem problem = onlyProblem("objectives: [{" + goal + "}]\n");
        String seen = problem.toString();
        assertEquals(code, problem.code(), seen);
        assertEquals("node.yaml:6:" + column, problem.place(), seen);
        assertTrue(problem.text().contains(words), seen);
    }

    private Problem onlyProblem(String lines) {
        List<Problem> problems = problems(lines);
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private List<Problem> problems(String lines) {
        return assertThrows(ConfigurationException.class, () -> resolver(lines)).problems();
    }

    @Test
    void allMistakesOfAnExpressionAreSaidAtOnce() {
        assertEquals(
                List.of("node.yaml:7:15 FS220", "node.yaml:7:29 FS457", "node.yaml:8:24 FS455"),
                problems("""
                                objectives:
                                  - minimize: crowdng * 2 + men(plates)
                                  - minimize: crowding + plates * 3s
                                """).stream()
                        .map(problem -> problem.place() + " " + problem.code())
                        .toList());
    }

    @Test
    void aChoiceThatThereIsNotIsNamedWithTheNearest() {
        Problem problem = onlyProblem("choices: {ordr: {objectives: [{minimize: plates}]}}\n");
        assertEquals("FS459", problem.code());
        assertEquals("node.yaml:6:11", problem.place());
        assertTrue(problem.text().contains("did you mean 'order'?"), problem.text());
        assertEquals("FS206", onlyProblem("choices: {order: {horizon: 5s}}\n").code());
        assertEquals(
                "node.yaml:6:43",
                onlyProblem("choices: {order: {objectives: [{minimize: plats}]}}\n")
                        .place());
    }

    @Test
    void nonsenseIsRefusedAndNothingElseHappens() {
        for (String goal : List.of(
                "minimize: \"\\n\\n  )\"", "subject to: ' '", "minimize: " + "(".repeat(5000), "subject to: [1]")) {
            assertTrue(problems("objectives:\n  - " + goal + "\n").size() >= 1, goal);
        }
    }
}
