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
 * <p>A key is 64 or 128 bits of content; like a world's fingerprint it may collide, with the same odds: there are no more
 * keys of a set of nodes than worlds.
 */
final class VerdictMemo {
    private static final int MOST_TABLES = 6;
    private static final int FIRST_WORDS = 256;
    /** A larger array cannot be twice as large. */
    private static final int MOST_WORDS = 1 << 30;

    private final WorldSpace space;
    private final ToLongFunction<WatchedView> question;
    private final WatchedView view;
    private final boolean wide;
    private final int mostWords;
    private final List<Table> tables = new ArrayList<>();
    private long everRead;

    /** @param wide whether keys have 128 bits */
    VerdictMemo(WorldSpace space, ToLongFunction<WatchedView> question, boolean wide) {
        this(space, question, wide, MOST_WORDS);
    }

    /** @param mostWords of a table, four for each answer; a power of two */
    VerdictMemo(WorldSpace space, ToLongFunction<WatchedView> question, boolean wide, int mostWords) {
        this.space = space;
        this.question = question;
        this.view = space.view();
        this.wide = wide;
        this.mostWords = mostWords;
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
            int place = table.place(key(table.read, rows, base), secondKey(table.read, rows, base));
            if (table.isThere(place)) {
                return table.answer(place);
            }
        }
        long answer = question.applyAsLong(view.of(space.locals(rows, base)));
        long read = tables.size() < MOST_TABLES ? view.read() : -1L;
        everRead |= read;
        table(read).put(key(read, rows, base), secondKey(read, rows, base), answer);
        return answer;
    }

    private Table table(long read) {
        for (Table table : tables) {
            if (table.read == read) {
                return table;
            }
        }
        Table table = new Table(read, wide, mostWords);
        tables.add(table);
        return table;
    }

    private long key(long read, int[] rows, int base) {
        long key = space.seen(read, rows, base);
        return key == 0 ? 1 : key;
    }

    private long secondKey(long read, int[] rows, int base) {
        return wide ? space.secondSeen(read, rows, base) : 0;
    }

    /** The answers for one set of nodes: open addressing, a key and its answer beside each other. */
    private static final class Table {
        final long read;
        private final int mostWords;
        private long[] words = new long[FIRST_WORDS];
        /** The second words of the keys; empty where they have none. */
        private long[] seconds;

        private int size;

        Table(long read, boolean wide, int mostWords) {
            this.read = read;
            this.mostWords = mostWords;
            this.seconds = new long[wide ? FIRST_WORDS / 2 : 0];
        }

        /** The place of a key, or where it belongs. */
        int place(long key, long second) {
            int mask = words.length - 2;
            int place = (int) key << 1 & mask;
            while (words[place] != 0 && !(words[place] == key && isSecond(place, second))) {
                place = place + 2 & mask;
            }
            return place;
        }

        private boolean isSecond(int place, long second) {
            return seconds.length == 0 || seconds[place >> 1] == second;
        }

        boolean isThere(int place) {
            return words[place] != 0;
        }

        long answer(int place) {
            return words[place + 1];
        }

        /** Forgets the answer at once when it is full. */
        void put(long key, long second, long answer) {
            if (size * 4L >= words.length) {
                if (words.length >= mostWords) {
                    return;
                }
                grow();
            }
            set(key, second, answer);
            size++;
        }

        private void set(long key, long second, long answer) {
            int place = place(key, second);
            words[place] = key;
            words[place + 1] = answer;
            if (seconds.length > 0) {
                seconds[place >> 1] = second;
            }
        }

        private void grow() {
            long[] old = words;
            long[] oldSeconds = seconds;
            words = new long[old.length * 2];
            seconds = new long[oldSeconds.length * 2];
            for (int place = 0; place < old.length; place += 2) {
                if (old[place] != 0) {
                    set(old[place], oldSeconds.length > 0 ? oldSeconds[place >> 1] : 0, old[place + 1]);
                }
            }
        }
    }
}
