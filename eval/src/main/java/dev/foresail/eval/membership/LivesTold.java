package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.eval.membership.MembershipMessages.View;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.node.Step;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers the last life of each member of which a node has told in a view, until the node begins anew, leaves, or tells of that life's end, which may be forgotten. For searches in which nobody is forgotten otherwise. */
final class LivesTold implements History<LivesTold.Lives> {
    /**
     * What was told.
     *
     * @param ofEach by who has told, the lives of those of whom it did
     * @param haveGoneBack whether anybody has told of an earlier life than before
     */
    record Lives(SortedMap<NodeId, SortedMap<NodeId, Long>> ofEach, boolean haveGoneBack) {
        private Lives with(NodeId teller, View view) {
            SortedMap<NodeId, Long> lives = new TreeMap<>(ofEach.getOrDefault(teller, new TreeMap<>()));
            boolean goesBack = haveGoneBack;
            for (Map.Entry<NodeId, Standing> told : view.standings().entrySet()) {
                long life = told.getValue().incarnation();
                goesBack |= lives.getOrDefault(told.getKey(), 0L) > life;
                if (told.getValue().isAlive()) {
                    lives.put(told.getKey(), life);
                } else {
                    lives.remove(told.getKey());
                }
            }
            SortedMap<NodeId, SortedMap<NodeId, Long>> all = without(teller);
            all.put(teller, lives);
            return new Lives(all, goesBack);
        }

        private SortedMap<NodeId, SortedMap<NodeId, Long>> without(NodeId teller) {
            SortedMap<NodeId, SortedMap<NodeId, Long>> rest = new TreeMap<>(ofEach);
            rest.remove(teller);
            return rest;
        }
    }

    @Override
    public Lives initial() {
        return new Lives(new TreeMap<>(), false);
    }

    @Override
    public Lives after(Lives before, Action action, List<Step.Send> sends) {
        Lives after = action instanceof Action.SilentReset || action instanceof Action.Crash || isLeaving(action)
                ? new Lives(before.without(action.node()), before.haveGoneBack())
                : before;
        for (Step.Send send : sends) {
            if (send.message() instanceof View view) {
                after = after.with(action.node(), view);
            }
        }
        return after;
    }

    private static boolean isLeaving(Action action) {
        return action instanceof Action.Handle handle
                && handle.event() instanceof Event.Call call
                && call.name().equals("leave");
    }

    @Override
    public void write(Lives lives, StateWriter out) {
        out.writeBoolean(lives.haveGoneBack());
        out.writeSize(lives.ofEach().size());
        lives.ofEach().forEach((teller, told) -> {
            out.writeNodeId(teller);
            out.writeSize(told.size());
            told.forEach((member, life) -> {
                out.writeNodeId(member);
                out.writeLong(life);
            });
        });
    }
}
