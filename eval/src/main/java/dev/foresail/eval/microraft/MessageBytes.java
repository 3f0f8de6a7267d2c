package dev.foresail.eval.microraft;

import dev.foresail.choice.machine.StateWriter;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.RaftMessage;

/** What a message of MicroRaft says, for the digest of a simulation: of the two frequent kinds field by field, of others as text. */
final class MessageBytes {
    private MessageBytes() {}

    static void write(RaftMessage message, StateWriter out) {
        if (message instanceof AppendEntriesRequest request) {
            out.writeByte(1);
            write(request, out);
        } else if (message instanceof AppendEntriesSuccessResponse response) {
            out.writeByte(2);
            out.writeInt(response.getTerm());
            out.writeLong(response.getLastLogIndex());
            out.writeLong(response.getQuerySequenceNumber());
            out.writeLong(response.getFlowControlSequenceNumber());
        } else {
            out.writeByte(0);
            out.writeString(message.toString());
        }
    }

    private static void write(AppendEntriesRequest request, StateWriter out) {
        out.writeInt(request.getTerm());
        out.writeInt(request.getPreviousLogTerm());
        out.writeLong(request.getPreviousLogIndex());
        out.writeLong(request.getCommitIndex());
        out.writeLong(request.getQuerySequenceNumber());
        out.writeLong(request.getFlowControlSequenceNumber());
        out.writeInt(request.getLogEntries().size());
        for (LogEntry entry : request.getLogEntries()) {
            out.writeInt(entry.getTerm());
            out.writeLong((Long) entry.getOperation());
        }
    }
}
