package dev.foresail.predictor.explore;

import java.util.function.ToLongFunction;

/**
 * Remembers an answer about what properties see of a world: open addressing from the key to one word. Not thread-safe.
 *
 * <p>The key is 64 bits of content; like a world's fingerprint it may collide, with the same odds.
 */
final class VerdictMemo {
    private final WorldSpace space;
    private final ToLongFunction<LocalState[]> question;
    private long[] keys = new long[256];
    private long[] answers = new long[256];
    private int size;

    VerdictMemo(WorldSpace space, ToLongFunction<LocalState[]> question) {
        this.space = space;
        this.question = question;
    }

    /** The answer for the world whose row begins at {@code base}, and what is {@code seen} of it. */
    long answer(long seen, int[] rows, int base) {
        long key = seen == 0 ? 1 : seen;
        int place = place(keys, key);
        if (keys[place] == key) {
            return answers[place];
        }
        long answer = question.applyAsLong(space.locals(rows, base));
        if (size * 2 >= keys.length) {
            grow();
            place = place(keys, key);
        }
        keys[place] = key;
        answers[place] = answer;
        size++;
        return answer;
    }

    private static int place(long[] keys, long key) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        while (keys[place] != 0 && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldAnswers = answers;
        keys = new long[oldKeys.length * 2];
        answers = new long[oldKeys.length * 2];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                int place = place(keys, oldKeys[old]);
                keys[place] = oldKeys[old];
                answers[place] = oldAnswers[old];
            }
        }
    }
}
