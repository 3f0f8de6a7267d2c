package dev.foresail.eval.blocks;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.ArrayList;
import java.util.List;

/** What every form has. */
interface BlockState {
    Share share();

    /**
     * How rare blocks are: the mean over them of one by how many of those in view have one, have given it to somebody or have asked for it, 1 at most. Rare blocks weigh most. What was given
     * reaches past those in view.
     */
    static double scarcity(SystemView<? extends BlockState> view) {
        List<Bitmap> seen = new ArrayList<>();
        int blocks = 1;
        for (NodeId node : view.nodes()) {
            Share share = view.state(node).share();
            seen.add(share.held().or(share.requests().blocks()));
            seen.add(share.own().given());
            blocks = share.rules().blocks();
        }
        List<Bitmap> counts = Bitmap.counts(seen);
        Bitmap all = Bitmap.all(blocks);
        double sum = all.counted(counts, 0).count();
        for (int count = 1; count <= seen.size(); count++) {
            sum += (double) all.counted(counts, count).count() / count;
        }
        return sum / blocks;
    }

    /** How long a node that is in view is still to wait for blocks on average, in seconds, summed over the blocks; see {@link Waits}. */
    static double expectedWait(SystemView<? extends BlockState> view) {
        return view.nodes().stream()
                .mapToDouble(node -> Waits.seconds(view.state(node).share()))
                .average()
                .orElse(0);
    }
}
