package dev.foresail.choice.sample;

import dev.foresail.choice.ControlState;
import dev.foresail.choice.From;
import dev.foresail.choice.In;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import java.time.Duration;

/** A protocol with control states: who asks to come in, waits, and is in. */
@Protocol("guest")
public final class Guest {
    public record Knock() {}

    public record Enter() {}

    /** Where a guest may be. */
    public enum Place {
        OUTSIDE,
        AT_THE_DOOR,
        INSIDE
    }

    @ControlState
    public Place place = Place.OUTSIDE;

    public int knocks;

    boolean isPatient() {
        return knocks < 3;
    }

    @OnCall
    @In("OUTSIDE")
    void visit(NodeId host, Node node) {
        place = Place.AT_THE_DOOR;
        node.setTimer("again", Duration.ofSeconds(1));
        node.send(host, new Knock());
    }

    @OnTimer(value = "again", when = "isPatient")
    @In("AT_THE_DOOR")
    void again(Node node) {
        knocks++;
        node.setTimer("again", Duration.ofSeconds(1));
    }

    @OnTimer(value = "again", when = "!isPatient")
    @In("AT_THE_DOOR")
    void leave() {
        place = Place.OUTSIDE;
    }

    @OnMessage(otherwise = Otherwise.DEFER)
    @In({"OUTSIDE", "INSIDE"})
    void letIn(Knock knock, @From NodeId guest, Node node) {
        node.send(guest, new Enter());
    }

    @OnMessage
    @In("AT_THE_DOOR")
    void enter(Enter enter, Node node) {
        place = Place.INSIDE;
        node.cancelTimer("again");
    }

    @OnMessage
    @In({"INSIDE", "OUTSIDE"})
    void tooLate(Enter enter, Node node) {
        node.note("let in too late");
    }
}
