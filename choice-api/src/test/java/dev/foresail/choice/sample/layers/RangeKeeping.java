package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.Protocol;

/** Tells whoever is above whenever the range has changed, whatever has changed it. */
@Protocol(value = "range-keeping", provides = Ranges.class)
public final class RangeKeeping {
    @Above
    Ranges.Upcalls above;

    public long end = 10;

    @OnDowncall
    long end() {
        return end;
    }

    @OnDowncall
    void grow(long by) {
        end += by;
    }

    @OnConnectionError
    void lost(NodeId peer) {
        end += peer.value();
    }

    @OnChange("end")
    void rangeChanged(long before) {
        above.rangeChanged(before, end);
    }
}
