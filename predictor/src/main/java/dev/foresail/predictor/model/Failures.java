package dev.foresail.predictor.model;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which failures may happen, and how many of each kind on one path; {@link #UNLIMITED} for any number. Immutable: each
 * method gives a changed copy.
 *
 * @param crashes a node ends and is down
 * @param crashing the nodes that may crash; empty: all
 * @param restarts whether a node that is down may start again
 * @param durable whether a crashed node keeps its durable fields
 * @param mostDown how many nodes may be down at the same time
 * @param silentResets a node starts anew, with nothing kept, before its peers have noticed
 * @param resetting the nodes that may reset; empty: all
 * @param losses a message in flight is lost (with {@link Network#ORDERED} a datagram)
 * @param breaks a connection breaks, with what is in flight on it (only with {@link Network#ORDERED})
 * @param refusals whether a message to a node that is down ends as a connection error at its sender (only with
 *     {@link Network#ORDERED})
 * @param answers no failure, but as uncertain, and counted in the same way: {@linkplain Answers answers} of nodes that the
 *     model does not have
 */
public record Failures(
        int crashes,
        SortedSet<NodeId> crashing,
        boolean restarts,
        boolean durable,
        int mostDown,
        int silentResets,
        SortedSet<NodeId> resetting,
        int losses,
        int breaks,
        boolean refusals,
        int answers) {
    public static final int UNLIMITED = Integer.MAX_VALUE;
    public static final Failures NONE = new Failures(
            0, Collections.emptySortedSet(), false, true, UNLIMITED, 0, Collections.emptySortedSet(), 0, 0, true, 0);

    public Failures {
        crashing = Collections.unmodifiableSortedSet(new TreeSet<>(crashing));
        resetting = Collections.unmodifiableSortedSet(new TreeSet<>(resetting));
        if (crashes < 0 || mostDown < 0 || silentResets < 0 || losses < 0 || breaks < 0 || answers < 0) {
            throw new IllegalArgumentException("a number of failures is at least 0");
        }
    }

    /** The kinds of failures that have a budget. */
    public enum Kind {
        CRASH,
        /** How many more nodes may be down at the same time. */
        DOWN,
        SILENT_RESET,
        LOSS,
        BREAK,
        /** How many more messages of nodes that the model does not have may be handled. */
        ANSWER
    }

    /** How many of {@code kind} there may be from the beginning. */
    public int budget(Kind kind) {
        return switch (kind) {
            case CRASH -> crashes;
            case DOWN -> mostDown;
            case SILENT_RESET -> silentResets;
            case LOSS -> losses;
            case BREAK -> breaks;
            case ANSWER -> answers;
        };
    }

    public boolean mayCrash(NodeId node) {
        return crashes > 0 && (crashing.isEmpty() || crashing.contains(node));
    }

    public boolean mayReset(NodeId node) {
        return silentResets > 0 && (resetting.isEmpty() || resetting.contains(node));
    }

    /** @param nodes those that may crash; none: all */
    public Failures withCrashes(int count, NodeId... nodes) {
        return new Failures(
                count,
                new TreeSet<>(Set.of(nodes)),
                restarts,
                durable,
                mostDown,
                silentResets,
                resetting,
                losses,
                breaks,
                refusals,
                answers);
    }

    /** Crashed nodes may start again. */
    public Failures withRestarts() {
        return new Failures(
                crashes, crashing, true, durable, mostDown, silentResets, resetting, losses, breaks, refusals, answers);
    }

    /** A crash takes the durable fields too: a restart is a first start. */
    public Failures withoutDurableState() {
        return new Failures(
                crashes,
                crashing,
                restarts,
                false,
                mostDown,
                silentResets,
                resetting,
                losses,
                breaks,
                refusals,
                answers);
    }

    public Failures withMostDown(int count) {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                count,
                silentResets,
                resetting,
                losses,
                breaks,
                refusals,
                answers);
    }

    /** @param nodes those that may reset; none: all */
    public Failures withSilentResets(int count, NodeId... nodes) {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                mostDown,
                count,
                new TreeSet<>(Set.of(nodes)),
                losses,
                breaks,
                refusals,
                answers);
    }

    public Failures withLosses(int count) {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                mostDown,
                silentResets,
                resetting,
                count,
                breaks,
                refusals,
                answers);
    }

    public Failures withBreaks(int count) {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                mostDown,
                silentResets,
                resetting,
                losses,
                count,
                refusals,
                answers);
    }

    /** Messages to a node that is down vanish without a word. */
    public Failures withoutRefusals() {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                mostDown,
                silentResets,
                resetting,
                losses,
                breaks,
                false,
                answers);
    }

    /** @param count how many answers of unknown nodes may be handled; only where the model says which there are */
    public Failures withAnswers(int count) {
        return new Failures(
                crashes,
                crashing,
                restarts,
                durable,
                mostDown,
                silentResets,
                resetting,
                losses,
                breaks,
                refusals,
                count);
    }
}
