package dev.foresail.choice.sample.layers;

import dev.foresail.choice.Above;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnPhase;
import dev.foresail.choice.Phase;
import dev.foresail.choice.Protocol;
import java.util.List;
import java.util.SortedMap;

/** Begins a phase when the layer above asks, and tells it of the end. */
@Protocol(value = "census-taking", provides = Census.class)
public final class CensusTaking {
    public record Question() {}

    @Above
    Census.Upcalls above;

    public final Phase<Question, Boolean> round = new Phase<>();

    @OnDowncall
    void count(List<NodeId> nodes) {
        round.begin(new Question(), nodes);
    }

    @OnMessage
    boolean present(Question question) {
        return true;
    }

    @OnPhase(of = "round", deadline = "1s")
    void counted(SortedMap<NodeId, Boolean> answers) {
        above.counted(answers.size());
    }
}
