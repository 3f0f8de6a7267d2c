package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** What a node has written of its durable fields lately, for a disk that has lied about it. Not thread-safe. */
final class Disk<S> {
    private final Machine<S> machine;
    private final int most;
    /** The canonical bytes of states with nothing but their durable fields; the last one is what was written last. */
    private final Deque<byte[]> written = new ArrayDeque<>();

    /** @param most how many writes are kept */
    Disk(Machine<S> machine, int most, S state) {
        this.machine = machine;
        this.most = most;
        begin(state);
    }

    /** From now on this is what is on the disk, and nothing was there before. */
    void begin(S state) {
        written.clear();
        written.addLast(bytes(machine.restarted(state)));
    }

    /** The node has handled an event; when that has changed a durable field, it has written. */
    void handled(S state) {
        byte[] now = bytes(machine.restarted(state));
        if (!Arrays.equals(now, written.getLast())) {
            written.addLast(now);
            if (written.size() > most + 1) {
                written.removeFirst();
            }
        }
    }

    private byte[] bytes(S durable) {
        StateWriter writer = new StateWriter();
        machine.write(durable, writer);
        return writer.toByteArray();
    }

    private S read(byte[] bytes, S like) {
        return machine.read(new StateReader(bytes), like);
    }

    /** The state to start from when the last writes, as many as are kept, never came to the disk. */
    S without(int writes, S like) {
        List<byte[]> all = List.copyOf(written);
        return read(all.get(Math.max(0, all.size() - 1 - writes)), like);
    }

    /**
     * The state to start from when of the fields that the last write has changed only some came to the disk; of a single one, none.
     *
     * @param random which
     */
    S torn(S like, RandomGenerator random) {
        List<byte[]> all = List.copyOf(written);
        S newer = read(all.get(all.size() - 1), like);
        S older = read(all.get(Math.max(0, all.size() - 2)), like);
        List<Integer> changed = changed(newer, older);
        if (changed.size() < 2) {
            return older;
        }
        int arrived = random.nextInt(changed.size());
        int lost = (arrived + 1 + random.nextInt(changed.size() - 1)) % changed.size();
        boolean[] isNew = new boolean[changed.get(changed.size() - 1) + 1];
        for (int index = 0; index < changed.size(); index++) {
            boolean drawn = random.nextBoolean();
            isNew[changed.get(index)] = index == arrived || index != lost && drawn;
        }
        return machine.torn(newer, older, field -> field < isNew.length && isNew[field]);
    }

    /** The numbers of the durable fields in which two states differ. */
    private List<Integer> changed(S newer, S older) {
        int[] fields = new int[1];
        IntPredicate none = field -> {
            fields[0] = Math.max(fields[0], field + 1);
            return false;
        };
        byte[] before = bytes(machine.torn(newer, older, none));
        List<Integer> changed = new ArrayList<>();
        for (int field = 0; field < fields[0]; field++) {
            int only = field;
            if (!Arrays.equals(before, bytes(machine.torn(newer, older, one -> one == only)))) {
                changed.add(field);
            }
        }
        return changed;
    }
}
