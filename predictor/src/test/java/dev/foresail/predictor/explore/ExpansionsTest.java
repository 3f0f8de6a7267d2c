package dev.foresail.predictor.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.SwitchesMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpansionsTest {
    private static final Action TOGGLE_ONE =
            new Action.Handle(NodeId.of(1), new Event.Call("toggle", List.of()), List.of());

    private final WorldSpace space = new WorldSpace(SystemModel.of(new SwitchesMachine())
            .nodes(2)
            .offer(NodeId.of(1), "toggle")
            .build());
    private final int[] bothOff = space.beginnings().worlds().get(0).row();
    private final int[] oneOn = space.after(bothOff, TOGGLE_ONE).orElseThrow();

    private long[] masks(Expansions expansions, int[]... worlds) {
        Rows rows = new Rows(space.width(), new Rows.Pool(space.width()));
        rows.extend(worlds.length);
        for (int world = 0; world < worlds.length; world++) {
            System.arraycopy(worlds[world], 0, rows.chunk(world), rows.base(world), space.width());
        }
        long[] masks = expansions.masks(rows, 0, worlds.length);
        return Arrays.copyOf(masks, worlds.length);
    }

    private static void assertMasks(String expected, long[] masks) {
        StringBuilder found = new StringBuilder();
        for (long mask : masks) {
            found.append(Long.toBinaryString(mask)).append(' ');
        }
        assertEquals(expected, found.toString().strip());
    }

    @Test
    void aLocalStateIsExpandedTheFirstTimeThatItIsMet() {
        // Bit 0 is of the first node. The second is off in all of them.
        assertMasks("11 1 0 0", masks(new Expansions(space, 1), bothOff, oneOn, bothOff, oneOn));
    }

    @Test
    void withMoreExpansionsEachGetsAsManyChances() {
        Expansions expansions = new Expansions(space, 2);
        assertMasks("11 11 1 1 0", masks(expansions, bothOff, oneOn, bothOff, oneOn, bothOff));
        assertMasks("0", masks(expansions, oneOn));
    }
}
