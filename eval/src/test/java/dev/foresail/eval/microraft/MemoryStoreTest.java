package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import io.microraft.RaftEndpoint;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.persistence.RestoredRaftState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is on the disk when the power goes. */
final class MemoryStoreTest {
    private static final DefaultRaftModelFactory MODEL = new DefaultRaftModelFactory();
    private static final RaftEndpoint SELF = new Peer(NodeId.of(1));
    private static final RaftGroupMembersView MEMBERS = MODEL.createRaftGroupMembersViewBuilder()
            .setLogIndex(0)
            .setMembers(List.of(SELF))
            .setVotingMembers(List.of(SELF))
            .build();

    private final MemoryStore.Disk disk = new MemoryStore.Disk();
    private final List<Long> written = new ArrayList<>();
    private final MemoryStore store = new MemoryStore(disk, Runnable::run, entry -> written.add(entry.getIndex()));

    private void introduce() {
        store.persistAndFlushLocalEndpoint(MODEL.createRaftEndpointPersistentStateBuilder()
                .setLocalEndpoint(SELF)
                .setVoting(true)
                .build());
        store.persistAndFlushInitialGroupMembers(MEMBERS);
    }

    private static List<LogEntry> entries(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(index -> MODEL.createLogEntryBuilder()
                        .setIndex(index)
                        .setTerm(1)
                        .setOperation(index)
                        .build())
                .toList();
    }

    private static SnapshotChunk snapshot(long index, int chunk, int chunks) {
        return MODEL.createSnapshotChunkBuilder()
                .setIndex(index)
                .setTerm(1)
                .setOperation("up to " + index)
                .setSnapshotChunkIndex(chunk)
                .setSnapshotChunkCount(chunks)
                .setGroupMembersView(MEMBERS)
                .build();
    }

    private List<Long> restoredIndices() {
        return restored().getLogEntries().stream().map(LogEntry::getIndex).toList();
    }

    private RestoredRaftState restored() {
        return disk.restored().orElseThrow();
    }

    @Test
    void nothingIsRestoredFromAnEmptyDisk() {
        assertTrue(disk.restored().isEmpty());
    }

    @Test
    void anEntryIsKeptFromItsFlushOnAndAVoteAtOnce() {
        introduce();
        store.persistAndFlushTerm(MODEL.createRaftTermPersistentStateBuilder()
                .setTerm(7)
                .setVotedFor(SELF)
                .build());
        store.persistLogEntries(entries(1, 3));
        store.flush();
        store.persistLogEntries(entries(4, 5));
        assertEquals(List.of(1L, 2L, 3L), restoredIndices());
        assertEquals(3, disk.lastIndex());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), written);
        assertEquals(7, restored().getTermPersistentState().getTerm());
        assertEquals(SELF, restored().getTermPersistentState().getVotedFor());
    }

    @Test
    void entriesAreTakenBackAndWrittenAnew() {
        introduce();
        store.persistLogEntries(entries(1, 5));
        store.truncateLogEntriesFrom(4);
        store.persistLogEntries(entries(4, 4));
        store.flush();
        assertEquals(List.of(1L, 2L, 3L, 4L), restoredIndices());
    }

    @Test
    void aSnapshotStandsForWhatIsBeforeItWhenItIsWhole() {
        introduce();
        store.persistLogEntries(entries(1, 4));
        store.persistSnapshotChunk(snapshot(3, 0, 1));
        store.truncateLogEntriesUntil(3);
        store.persistSnapshotChunk(snapshot(9, 1, 2));
        store.flush();
        assertEquals(3, restored().getSnapshotEntry().getIndex());
        assertEquals(List.of(4L), restoredIndices());
        store.persistSnapshotChunk(snapshot(9, 0, 2));
        store.flush();
        assertEquals(9, restored().getSnapshotEntry().getIndex());
        // From the leader, which had no entries 5 to 9 any more.
        store.persistLogEntries(entries(10, 10));
        store.flush();
        assertEquals(List.of(10L), restoredIndices());
        store.deleteSnapshotChunks(9, 2);
        store.flush();
        assertEquals(3, restored().getSnapshotEntry().getIndex());
    }

    @Test
    void aLateFlushWritesWhatWasWrittenUntilThen() {
        List<Runnable> flushes = new ArrayList<>();
        MemoryStore late = new MemoryStore(disk, flushes::add, entry -> {});
        introduce();
        late.persistLogEntries(entries(1, 1));
        late.flush();
        late.persistLogEntries(entries(2, 2));
        assertEquals(List.of(), restoredIndices());
        flushes.forEach(Runnable::run);
        assertEquals(List.of(1L, 2L), restoredIndices());
    }
}
