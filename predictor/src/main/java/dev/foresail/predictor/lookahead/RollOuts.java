package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Single roll-outs, for whoever weighs or measures them. Thread-safe; a call runs on the caller's thread. */
public final class RollOuts<S> {
    private final Machine<S> machine;
    private final RollOutWorld.Setting<S> setting;

    public RollOuts(Machine<S> machine, BoundObjective<S> objective, LinkDelays delays, LaterChoices<S> laterChoices) {
        this(machine, new RollOutWorld.Setting<>(objective, delays, laterChoices, Optional.empty(), Optional.empty()));
    }

    private RollOuts(Machine<S> machine, RollOutWorld.Setting<S> setting) {
        this.machine = machine;
        this.setting = setting;
    }

    /** The same, with an objective that sees these nodes alone; the others take part all the same. */
    public RollOuts<S> judgedBy(Set<NodeId> nodes) {
        return new RollOuts<>(
                machine,
                new RollOutWorld.Setting<>(
                        setting.objective(),
                        setting.delays(),
                        setting.laterChoices(),
                        Optional.of(Set.copyOf(nodes)),
                        setting.calls()));
    }

    /** The same, in which applications ask for these things, and not for what nodes have measured; futures are whole then. */
    public RollOuts<S> withCalls(List<TimedCall> calls) {
        return new RollOuts<>(
                machine,
                new RollOutWorld.Setting<>(
                        setting.objective(),
                        setting.delays(),
                        setting.laterChoices(),
                        setting.judged(),
                        Optional.of(List.copyOf(calls))));
    }

    /**
     * Takes the alternative and lets the known nodes go on to the objective's horizon.
     *
     * @param seed of the prediction's own random streams
     * @param round which future: the same seed and round give every alternative the same draws
     */
    public RollOut play(Snapshot<S> snapshot, Event event, Alternative alternative, long seed, int round) {
        return play(startingAt(snapshot), event, alternative, seed, round);
    }

    /** What several roll-outs may share, one after the other. */
    StartingPoint<S> startingAt(Snapshot<S> snapshot) {
        return new StartingPoint<>(machine, snapshot);
    }

    RollOut play(StartingPoint<S> start, Event event, Alternative alternative, long seed, int round) {
        return new RollOutWorld<>(machine, start, setting, seed, round).run(event, alternative);
    }
}
