package dev.foresail.choice.sample;

import dev.foresail.choice.ControlState;
import dev.foresail.choice.Durable;
import dev.foresail.choice.In;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnPhase;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.Phase;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Sized;
import java.util.ArrayList;
import java.util.List;

/** Has a durable phase, and takes restarts at home only. */
@Protocol("courier")
public final class Courier {
    enum Place {
        AT_HOME,
        ON_THE_WAY
    }

    public interface Cargo extends Sized {}

    public record Parcel(List<Integer> weights) implements Cargo {
        @Override
        public long bytes() {
            return 100L * weights.size();
        }
    }

    @Durable
    public final Phase<Parcel, Boolean> parcels = new Phase<>();

    public final List<Integer> weights = new ArrayList<>();

    @Durable
    @ControlState
    Place place = Place.AT_HOME;

    @OnRestart
    @In("AT_HOME")
    void restarted(Node node) {
        node.note("restarted");
    }

    @OnCall
    void dispatch(NodeId receiver) {
        parcels.begin(new Parcel(weights), List.of(receiver));
    }

    @OnCall
    void pack(int weight) {
        weights.add(weight);
    }

    @OnCall
    void leave() {
        place = Place.ON_THE_WAY;
    }

    @OnMessage
    boolean receive(Parcel parcel) {
        return true;
    }

    @OnPhase(of = "parcels", deadline = "5s")
    void delivered() {}
}
