package dev.foresail.steering.storage;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.steering.failure.NodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file that keeps a node's durable state, what it knows of stable fields, and its incarnation. It is replaced as a whole: written beside, forced to the
 * disk, and renamed, so that a crash leaves the old or the new one. All methods block; one thread at a time.
 *
 * @param <S> the protocol's state
 */
public final class NodeStorage<S> {
    private static final long MAX_FILE_BYTES = 1L << 30;

    private final Path file;
    private final Machine<S> machine;
    private final NodeId self;
    private long incarnation;

    private NodeStorage(Path file, Machine<S> machine, NodeId self) {
        this.file = file;
        this.machine = machine;
        this.self = self;
    }

    /**
     * What a start finds.
     *
     * @param state the durable state, empty at the first start
     * @param facts what the node knew of stable fields, by node
     */
    public record Opened<S>(NodeStorage<S> storage, long incarnation, Optional<S> state, SortedMap<NodeId, S> facts) {}

    /**
     * Opens the file for a start of the node, or makes it, and writes the new incarnation down.
     *
     * @param fresh a new state, whose configuration the durable state takes over
     * @param epochMillis the time of day: the incarnation is at least that, so that it grows too when the file is new or was
     *     deleted, and may be used or not from start to start
     * @throws NodeException FS211 when the file is damaged or cannot be used, FS212 when it is another node's or protocol's
     */
    public static <S> Opened<S> open(Path file, Machine<S> machine, NodeId self, S fresh, long epochMillis) {
        NodeStorage<S> storage = new NodeStorage<>(file, machine, self);
        Optional<StoredNode> stored = storage.read();
        stored.ifPresent(storage::checkBelongs);
        Optional<byte[]> bytes = stored.map(StoredNode::state).filter(state -> state.length > 0);
        Optional<S> state = bytes.map(durable -> storage.decode(durable, fresh));
        SortedMap<NodeId, S> facts =
                stored.map(node -> storage.decodeFacts(node.facts(), fresh)).orElseGet(TreeMap::new);
        storage.incarnation = Math.max(stored.map(StoredNode::incarnation).orElse(0L) + 1, epochMillis);
        storage.write(
                stored.map(StoredNode::state).orElse(new byte[0]),
                stored.map(StoredNode::facts).orElse(new byte[0]));
        return new Opened<>(storage, storage.incarnation, state, facts);
    }

    /** The bytes to keep of a state: what is left of it after a crash. Pure; on the thread that the state belongs to. */
    public static <S> byte[] durableBytes(Machine<S> machine, S state) {
        StateWriter out = new StateWriter();
        machine.write(machine.restarted(state), out);
        return out.toByteArray();
    }

    /** The bytes to keep of what is known of stable fields; empty when nothing is. As {@link #durableBytes}. */
    public static <S> byte[] factsBytes(Machine<S> machine, SortedMap<NodeId, S> facts) {
        if (facts.isEmpty()) {
            return new byte[0];
        }
        StateWriter out = new StateWriter();
        out.writeSize(facts.size());
        facts.forEach((node, image) -> {
            out.writeNodeId(node);
            machine.writeStable(image, out);
        });
        return out.toByteArray();
    }

    private Optional<StoredNode> read() {
        try {
            if (Files.exists(file) && Files.size(file) > MAX_FILE_BYTES) {
                throw damaged("it has more than " + MAX_FILE_BYTES + " bytes", Optional.empty());
            }
            return Optional.of(StoredNode.decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (EncodingException | IllegalArgumentException wrong) {
            throw damaged(String.valueOf(wrong.getMessage()), Optional.of(wrong));
        } catch (IOException failure) {
            throw unusable("read", failure);
        }
    }

    private NodeException damaged(String how, Optional<Exception> cause) {
        String explanation = "the storage " + file + " is damaged: " + how
                + "; restore it from a copy, or delete it if the node may forget its durable state";
        return cause.map(exception -> new NodeException("FS211", explanation, exception))
                .orElseGet(() -> new NodeException("FS211", explanation));
    }

    private NodeException unusable(String what, IOException failure) {
        return new NodeException(
                "FS211",
                "cannot " + what + " the storage " + file + ": " + failure + "; check path and rights",
                failure);
    }

    private void checkBelongs(StoredNode stored) {
        if (!stored.protocol().equals(machine.protocol())
                || stored.schema() != machine.schema()
                || !stored.self().equals(self)) {
            throw new NodeException(
                    "FS212",
                    String.format(
                            "the storage %s is of %s of the protocol '%s' with schema %016x, not of %s of '%s' with %016x;"
                                    + " name another file, or run the version that wrote it",
                            file,
                            stored.self(),
                            stored.protocol(),
                            stored.schema(),
                            self,
                            machine.protocol(),
                            machine.schema()));
        }
    }

    private S decode(byte[] durable, S fresh) {
        try {
            StateReader in = new StateReader(durable);
            S state = machine.read(in, fresh);
            in.expectEnd();
            return state;
        } catch (RuntimeException wrong) {
            throw damaged(String.valueOf(wrong.getMessage()), Optional.of(wrong));
        }
    }

    private SortedMap<NodeId, S> decodeFacts(byte[] bytes, S fresh) {
        SortedMap<NodeId, S> facts = new TreeMap<>();
        if (bytes.length == 0) {
            return facts;
        }
        try {
            StateReader in = new StateReader(bytes);
            for (int left = in.readSize(); left > 0; left--) {
                NodeId node = in.readNodeId();
                facts.put(node, machine.readStable(in, fresh));
            }
            in.expectEnd();
            return facts;
        } catch (RuntimeException wrong) {
            throw damaged(String.valueOf(wrong.getMessage()), Optional.of(wrong));
        }
    }

    /**
     * Replaces the durable state and what is known of stable fields; when it returns, they survive a crash.
     *
     * @param stableFacts as {@link #factsBytes} gives them
     * @throws NodeException FS211 when the file cannot be written
     */
    public void write(byte[] durableState, byte[] stableFacts) {
        StoredNode stored =
                new StoredNode(machine.protocol(), machine.schema(), self, incarnation, durableState, stableFacts);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            writeForced(beside, stored.encode());
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (directory != null) {
                forceDirectory(directory);
            }
        } catch (IOException failure) {
            throw unusable("write", failure);
        }
    }

    private static void writeForced(Path target, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Makes the rename itself durable; file systems that cannot open a directory do without. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notSupported) {
            // Windows has no way to do it; the rename is then durable when the system says so.
        }
    }
}
