package dev.foresail.eval.pastry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * For each number of digits shared with the owner's nodeId (a row) and each next digit (a column), the nearest known nodes. Immutable.
 *
 * @param slots by row and column, 16 to a row; the nearest node of a slot first
 */
public record RoutingTable(Peer owner, SortedMap<Integer, List<Entry>> slots) {
    /** As Mace's Bamboo: a choice for the next hop. */
    private static final int CANDIDATES = 3;

    /** A node and how long it took to answer last. */
    public record Entry(Peer peer, long roundTripNanos) {}

    private int slot(long id) {
        int row = owner.sharedDigits(id);
        int digit = (int) (id >>> Long.SIZE - Peer.DIGIT_BITS * (row + 1)) & Peer.DIGIT_VALUES - 1;
        return Peer.DIGIT_VALUES * row + digit;
    }

    private List<Entry> entries(long id) {
        return slots.getOrDefault(slot(id), List.of());
    }

    /** The nearest first, empty when none is known; {@code id} is not the owner's. */
    public List<Peer> at(long id) {
        return entries(id).stream().map(Entry::peer).toList();
    }

    /** The nearest of each slot of the rows from {@code first} to {@code last}. */
    public List<Peer> rows(int first, int last) {
        SortedMap<Integer, List<Entry>> rows = slots.subMap(Peer.DIGIT_VALUES * first, Peer.DIGIT_VALUES * (last + 1));
        return rows.values().stream().map(slot -> slot.get(0).peer()).toList();
    }

    /** How many rows there are down to the last one that is not empty, at least 1. */
    public int rowsInUse() {
        return slots.isEmpty() ? 1 : slots.lastKey() / Peer.DIGIT_VALUES + 1;
    }

    public Stream<Peer> peers() {
        return slots.values().stream().flatMap(List::stream).map(Entry::peer);
    }

    /** Whether there is room for a node that is not known. */
    public boolean takes(Peer peer) {
        return entries(peer.id()).size() < CANDIDATES && !peer.equals(owner) && !knows(peer);
    }

    public boolean knows(Peer peer) {
        for (Entry entry : entries(peer.id())) {
            if (entry.peer().equals(peer)) {
                return true;
            }
        }
        return false;
    }

    public boolean isInOrder() {
        for (Map.Entry<Integer, List<Entry>> slot : slots.entrySet()) {
            for (Entry entry : slot.getValue()) {
                if (entry.peer().equals(owner) || slot(entry.peer().id()) != slot.getKey()) {
                    return false;
                }
            }
        }
        return slots.values().stream().allMatch(slot -> slot.size() <= CANDIDATES);
    }

    /** With a node that has just been measured, unless there are enough that are nearer. */
    public RoutingTable with(Peer peer, long roundTripNanos) {
        List<Entry> slot = new ArrayList<>(entries(peer.id()));
        slot.removeIf(entry -> entry.peer().equals(peer));
        slot.add(new Entry(peer, roundTripNanos));
        slot.sort(Comparator.comparing(Entry::roundTripNanos));
        return replaced(slot(peer.id()), slot.subList(0, StrictMath.min(CANDIDATES, slot.size())));
    }

    public RoutingTable without(Peer peer) {
        List<Entry> slot = new ArrayList<>(entries(peer.id()));
        slot.removeIf(entry -> entry.peer().equals(peer));
        return replaced(slot(peer.id()), slot);
    }

    private RoutingTable replaced(int number, List<Entry> slot) {
        SortedMap<Integer, List<Entry>> changed = new TreeMap<>(slots);
        if (slot.isEmpty()) {
            changed.remove(number);
        } else {
            changed.put(number, List.copyOf(slot));
        }
        return new RoutingTable(owner, changed);
    }
}
