package dev.foresail.randtree.demo;

import dev.foresail.network.topology.Topology;
import dev.foresail.randtree.trial.LiveTrial;
import dev.foresail.randtree.trial.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One run of the demo: every variant plays the same schedule with the same seed, ids and links.
 *
 * @param variants what each variant did, in the order of the table
 */
record DemoRun(long seed, List<VariantRun> variants) {
    /** Plays the variants, one after the other or side by side as the executor has threads. Blocks. */
    static DemoRun play(List<Variant<?>> variants, int nodes, long seed, Topology topology, Executor executor) {
        List<CompletableFuture<VariantRun>> running = new ArrayList<>();
        for (Variant<?> variant : variants) {
            running.add(CompletableFuture.supplyAsync(
                    () -> new VariantRun(variant.name(), LiveTrial.run(variant, nodes, seed, Map.of(), topology)),
                    executor));
        }
        return new DemoRun(seed, running.stream().map(CompletableFuture::join).toList());
    }

    /** The run's part of the demo's JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", seed);
        json.put("variants", variants.stream().map(VariantRun::json).toList());
        return json;
    }
}
