package dev.foresail.eval.knownbugs;

import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchSettings;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One known bug sought from one start by every kind of search; and the same space without the bug, exhaustively, to one
 * event beyond the bug's depth.
 *
 * @param finds by the kind of search
 * @param mended the search without the bug
 */
record Chase(KnownBug<?> bug, Start start, Map<SearchKind, Hunt.Find> finds, SearchReport mended) {
    /** How deep the mended space is searched when nobody has found the bug. */
    private static final int DEPTH_WITHOUT_A_FIND = 8;

    static <S> Chase run(SearchRuns searches, KnownBug<S> bug, Start start, Hunt.Effort effort) {
        SystemModel<S> model = start.model(bug);
        Map<SearchKind, Hunt.Find> finds = new EnumMap<>(SearchKind.class);
        for (SearchKind kind : SearchKind.values()) {
            finds.put(kind, new Hunt<>(searches, model, bug.property(), effort).with(kind));
        }
        int depth = finds.values().stream()
                .flatMap(find -> find.path().stream())
                .mapToInt(path -> path.depth() + 1)
                .min()
                .orElse(DEPTH_WITHOUT_A_FIND);
        SearchReport mended = searches.explore(
                        start.mendedModel(bug),
                        SearchSettings.DEFAULT
                                .beyondViolations()
                                .withMaxDepth(depth)
                                .withMaxNanos(effort.limitNanos()))
                .report();
        return new Chase(bug, start, finds, mended);
    }

    Hunt.Find find(SearchKind kind) {
        return Objects.requireNonNull(finds.get(kind), kind::name);
    }

    /** The median of the hunts with the kind of search that is named for the bug; infinite when they were in vain. */
    double seconds() {
        return find(start.namedKind(bug)).medianMillis() / 1e3;
    }

    /** One row for each kind of search. */
    List<Map<String, Object>> rows() {
        return finds.keySet().stream().map(this::row).toList();
    }

    private Map<String, Object> row(SearchKind kind) {
        Hunt.Find find = find(kind);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bug", bug.id());
        row.put("start", start.text());
        row.put("settings", start.settings(bug));
        row.put("search", word(kind));
        row.put("hunts", find.hunts());
        row.put("found", find.found());
        row.put("worlds", find.first().worlds());
        row.put("transitions", find.first().transitions());
        row.put("firstMillis", find.first().nanos() / 1e6);
        row.put("medianMillis", find.medianMillis());
        row.put("warmMillis", find.warmMillis());
        row.put("ended", find.first().ended().toLowerCase(Locale.ROOT));
        row.put("length", find.path().map(path -> path.depth()));
        row.put("shrunkLength", find.shrunkLength());
        row.put("hasBar", kind == start.namedKind(bug));
        return row;
    }

    static String word(SearchKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    Map<String, Object> mendedRow() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bug", bug.id());
        row.put("start", start.text());
        row.put("worlds", mended.distinctWorlds());
        row.put("depth", mended.maxDepth());
        row.put("ended", mended.ended().name().toLowerCase(Locale.ROOT));
        row.put(
                "violated",
                mended.violations().stream()
                        .map(violation -> violation.property())
                        .toList());
        return row;
    }
}
