package dev.foresail.eval.microraft;

import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A node's disk, in memory: what is written to the log is in a cache until it is flushed, and lost with it when the power goes. Term,
 * vote and members are on the disk as soon as they are written. Not thread-safe.
 */
final class MemoryStore implements RaftStore {
    private static final DefaultRaftModelFactory MODEL = new DefaultRaftModelFactory();

    /** On the disk. */
    private final Disk disk;
    /** Writes that are not there yet, in order. */
    private final List<Consumer<Disk>> cached = new ArrayList<>();

    private final Consumer<Runnable> flushing;
    private final Consumer<LogEntry> onWrite;

    /**
     * @param flushing is given each flush, to run it: at once, when the store is right
     * @param onWrite is told of every entry of the log that is written
     */
    MemoryStore(Disk disk, Consumer<Runnable> flushing, Consumer<LogEntry> onWrite) {
        this.disk = disk;
        this.flushing = flushing;
        this.onWrite = onWrite;
    }

    /** What survives the loss of power. */
    static final class Disk {
        private Optional<RaftEndpointPersistentState> self = Optional.empty();
        private Optional<RaftGroupMembersView> initialMembers = Optional.empty();
        private Optional<RaftTermPersistentState> term = Optional.empty();
        private final List<LogEntry> entries = new ArrayList<>();
        /** Chunks of snapshots, by the index of the log that each goes up to. */
        private final SortedMap<Long, List<SnapshotChunk>> snapshots = new TreeMap<>();

        /** What a node begins with that starts again here; empty on a disk on which none was. */
        Optional<RestoredRaftState> restored() {
            return self.map(known -> new RestoredRaftState(
                    known,
                    initialMembers.orElseThrow(),
                    term.orElseGet(() -> MODEL.createRaftTermPersistentStateBuilder()
                            .setTerm(0)
                            .build()),
                    snapshot(),
                    List.copyOf(entries)));
        }

        /** Up to which index of the log everything is here. */
        long lastIndex() {
            long ofSnapshot = snapshots.isEmpty() ? 0 : snapshots.lastKey();
            return entries.isEmpty()
                    ? ofSnapshot
                    : Math.max(ofSnapshot, entries.get(entries.size() - 1).getIndex());
        }

        private SnapshotEntry snapshot() {
            List<SnapshotChunk> newest = List.of();
            for (List<SnapshotChunk> chunks : snapshots.values()) {
                newest = chunks.size() == chunks.get(0).getSnapshotChunkCount() ? chunks : newest;
            }
            SnapshotEntry.SnapshotEntryBuilder snapshot = MODEL.createSnapshotEntryBuilder();
            if (!newest.isEmpty()) {
                SnapshotChunk first = newest.get(0);
                snapshot.setIndex(first.getIndex())
                        .setTerm(first.getTerm())
                        .setSnapshotChunks(List.copyOf(newest))
                        .setGroupMembersView(first.getGroupMembersView());
            }
            return snapshot.build();
        }

        private void append(List<LogEntry> added) {
            long next = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).getIndex() + 1;
            if (added.get(0).getIndex() > next) {
                // A snapshot from the leader stands for what is missing between.
                entries.clear();
            }
            entries.addAll(added);
        }

        private void truncateFrom(long index) {
            int from = position(index);
            entries.subList(from, entries.size()).clear();
        }

        private void truncateUntil(long index) {
            entries.subList(0, position(index + 1)).clear();
            snapshots.headMap(index).clear();
        }

        /** Where the first entry is whose index is not less. */
        private int position(long index) {
            if (entries.isEmpty()) {
                return 0;
            }
            long first = entries.get(0).getIndex();
            return (int) Math.max(0, Math.min(entries.size(), index - first));
        }

        private void add(SnapshotChunk chunk) {
            List<SnapshotChunk> chunks = snapshots.computeIfAbsent(chunk.getIndex(), added -> new ArrayList<>());
            chunks.removeIf(other -> other.getSnapshotChunkIndex() == chunk.getSnapshotChunkIndex());
            chunks.add(chunk);
        }
    }

    @Override
    public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState self) {
        disk.self = Optional.of(self);
    }

    @Override
    public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) {
        disk.initialMembers = Optional.of(members);
    }

    @Override
    public void persistAndFlushTerm(RaftTermPersistentState term) {
        disk.term = Optional.of(term);
    }

    @Override
    public void persistLogEntries(List<LogEntry> entries) {
        List<LogEntry> written = List.copyOf(entries);
        cached.add(to -> to.append(written));
        written.forEach(onWrite);
    }

    @Override
    public void persistSnapshotChunk(SnapshotChunk chunk) {
        cached.add(to -> to.add(chunk));
    }

    @Override
    public void truncateLogEntriesFrom(long index) {
        cached.add(to -> to.truncateFrom(index));
    }

    @Override
    public void truncateLogEntriesUntil(long index) {
        cached.add(to -> to.truncateUntil(index));
    }

    @Override
    public void deleteSnapshotChunks(long index, int chunks) {
        cached.add(to -> to.snapshots.remove(index));
    }

    @Override
    public void flush() {
        flushing.accept(this::flushNow);
    }

    private void flushNow() {
        cached.forEach(write -> write.accept(disk));
        cached.clear();
    }
}
