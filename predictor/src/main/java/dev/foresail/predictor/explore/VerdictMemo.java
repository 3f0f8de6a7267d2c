package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Remembers what was answered to a question about a world, by the states that were read to answer it. Not thread-safe.
 *
 * <p>A question that reads the states of the same nodes again reads the same, if they are the same and the same nodes are
 * up: which nodes it reads depends on nothing else. So an answer holds for every world that agrees in the nodes that were
 * read. There is a table for each set of nodes; most questions read one set, apart from those that they answer early.
 *
 * <p>A key is 64 bits of content; like a world's fingerprint it may collide, with the same odds.
 */
final class VerdictMemo {
    private static final int MOST_TABLES = 6;

    private final WorldSpace space;
    private final ToLongFunction<WatchedView> question;
    private final WatchedView view;
    private final List<Table> tables = new ArrayList<>();
    private long everRead;

    VerdictMemo(WorldSpace space, ToLongFunction<WatchedView> question) {
        this.space = space;
        this.question = question;
        this.view = space.view();
    }

    /** The slots that were read to answer anything so far, a bit each. */
    long everRead() {
        return everRead;
    }

    /** Others who ask the same question have read these. */
    void othersRead(long read) {
        everRead |= read;
    }

    /**
     * Whether the answer may change when the state at {@code slot} does, and nothing comes up or goes down; of a world
     * whose answer is known here, or to those of whom {@link #othersRead} has told.
     */
    boolean dependsOn(int slot) {
        return tables.isEmpty() || (everRead >>> slot & 1) != 0;
    }

    /** The answer for the world whose row begins at {@code base}. */
    long answer(int[] rows, int base) {
        for (int index = 0; index < tables.size(); index++) {
            Table table = tables.get(index);
            int place = table.place(key(table.read, rows, base));
            if (table.isThere(place)) {
                return table.answer(place);
            }
        }
        long answer = question.applyAsLong(view.of(space.locals(rows, base)));
        long read = tables.size() < MOST_TABLES ? view.read() : -1L;
        everRead |= read;
        table(read).put(key(read, rows, base), answer);
        return answer;
    }

    private Table table(long read) {
        for (Table table : tables) {
            if (table.read == read) {
                return table;
            }
        }
        Table table = new Table(read);
        tables.add(table);
        return table;
    }

    private long key(long read, int[] rows, int base) {
        long key = space.seen(read, rows, base);
        return key == 0 ? 1 : key;
    }

    /** The answers for one set of nodes: open addressing, a key and its answer beside each other. */
    private static final class Table {
        final long read;
        private long[] words = new long[256];
        private int size;

        Table(long read) {
            this.read = read;
        }

        /** The place of a key, or where it belongs. */
        int place(long key) {
            return place(words, key);
        }

        private static int place(long[] in, long key) {
            int mask = in.length - 2;
            int place = (int) key << 1 & mask;
            while (in[place] != 0 && in[place] != key) {
                place = place + 2 & mask;
            }
            return place;
        }

        boolean isThere(int place) {
            return words[place] != 0;
        }

        long answer(int place) {
            return words[place + 1];
        }

        void put(long key, long answer) {
            if (size * 4 >= words.length) {
                long[] larger = new long[words.length * 2];
                for (int old = 0; old < words.length; old += 2) {
                    if (words[old] != 0) {
                        int place = place(larger, words[old]);
                        larger[place] = words[old];
                        larger[place + 1] = words[old + 1];
                    }
                }
                words = larger;
            }
            int place = place(key);
            words[place] = key;
            words[place + 1] = answer;
            size++;
        }
    }
}
