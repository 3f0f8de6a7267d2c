package dev.foresail.eval.determinism;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The digests of the same runs, played in several ways. Not thread-safe. */
final class Comparison {
    private final List<RandomRun> runs;
    private final List<List<Played>> here = new ArrayList<>();
    private final Map<String, List<String>> different = new LinkedHashMap<>();

    Comparison(List<RandomRun> runs) {
        this.runs = List.copyOf(runs);
    }

    List<RandomRun> runs() {
        return runs;
    }

    /** A run was played in this process, first on one worker; runs come in their order. */
    void here(int run, Played played) {
        if (run == here.size()) {
            here.add(new ArrayList<>());
        }
        here.get(run).add(played);
    }

    /**
     * Another process has played all.
     *
     * @param digests a line for each run: its digests with each number of workers
     */
    void elsewhere(String process, String digests) {
        List<String> lines = digests.lines().toList();
        List<String> found = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            String expected = here.get(run).get(0).digest();
            String said = run < lines.size() ? lines.get(run).strip() : "nothing";
            if (!said.equals((expected + " ").repeat(Determinism.WORKERS.size()).strip())) {
                found.add(runs.get(run) + ": " + said + ", not " + expected);
            }
        }
        // The same JDK may be named twice.
        different.put(process + (different.containsKey(process) ? ", once more" : ""), found);
    }

    boolean isEmpty() {
        return here.isEmpty();
    }

    /** Whether every run was played in this process. */
    boolean isWhole() {
        return here.size() == runs.size();
    }

    int processes() {
        return different.size();
    }

    double differentOnWorkers() {
        return here.stream()
                .filter(played -> played.stream().map(Played::digest).distinct().count() > 1)
                .count();
    }

    double differentElsewhere() {
        return different.values().stream().mapToInt(List::size).sum();
    }

    /** Of the runs that several workers can share. */
    double percentShared() {
        int could = 0;
        int did = 0;
        for (int run = 0; run < here.size(); run++) {
            if (!runs.get(run).faults() && !runs.get(run).hasChoices()) {
                could++;
                Played last = here.get(run).get(here.get(run).size() - 1);
                did += last.workers() == Determinism.WORKERS.get(Determinism.WORKERS.size() - 1) ? 1 : 0;
            }
        }
        return 100.0 * did / could;
    }

    void addTo(Map<String, Object> results) {
        List<Played> alone = here.stream().map(played -> played.get(0)).toList();
        results.put("events", alone.stream().mapToLong(Played::events).sum());
        results.put(
                "predictedChoices", alone.stream().mapToLong(Played::predicted).sum());
        results.put(
                "differentDigests",
                alone.stream().map(Played::digest).distinct().count());
        results.put("differ", different);
    }
}
