package dev.foresail.eval.microraft;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.Hashing;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.RaftMessage;
import java.util.List;

/** What a message of MicroRaft says, for the digest of a simulation: of the two frequent kinds as a hash of their fields, of others as text. */
final class MessageBytes {
    private MessageBytes() {}

    static void write(RaftMessage message, StateWriter out) {
        if (message instanceof AppendEntriesRequest request) {
            out.writeByte(1);
            out.writeLong(content(request));
        } else if (message instanceof AppendEntriesSuccessResponse response) {
            out.writeByte(2);
            out.writeLong(content(response));
        } else {
            out.writeByte(0);
            out.writeString(message.toString());
        }
    }

    private static long content(AppendEntriesRequest request) {
        long content = Hashing.combine(request.getTerm(), request.getPreviousLogTerm());
        content = Hashing.combine(content, request.getPreviousLogIndex());
        content = Hashing.combine(content, request.getCommitIndex());
        content = Hashing.combine(content, request.getQuerySequenceNumber());
        content = Hashing.combine(content, request.getFlowControlSequenceNumber());
        List<LogEntry> entries = request.getLogEntries();
        for (int index = 0; index < entries.size(); index++) {
            LogEntry entry = entries.get(index);
            content = Hashing.combine(content + entry.getTerm(), (Long) entry.getOperation());
        }
        return content;
    }

    private static long content(AppendEntriesSuccessResponse response) {
        long content = Hashing.combine(response.getTerm(), response.getLastLogIndex());
        content = Hashing.combine(content, response.getQuerySequenceNumber());
        return Hashing.combine(content, response.getFlowControlSequenceNumber());
    }
}
