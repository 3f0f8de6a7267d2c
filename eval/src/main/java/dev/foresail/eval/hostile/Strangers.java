package dev.foresail.eval.hostile;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.wire.LinkMemory;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to a node that are not what they should be, opened by the calling thread. What the node does to them, closing
 * included, is no failure here. Not thread-safe.
 */
final class Strangers implements AutoCloseable {
    /** The first bytes of a hello; it is the transport's own affair, but a stranger may know it. */
    private static final int MAGIC = 0x464F5245;

    private static final int KINDS = 4;
    private static final int FRAMES = 5;
    private static final int PATIENCE_MILLIS = 5_000;

    private final InetSocketAddress address;
    private final RandomStream random;
    private final Mutator frames;
    private final Mutator hellos;
    private final List<Socket> mute = new ArrayList<>();
    private long incarnation = RealClock.epochMillis();

    Strangers(InetSocketAddress address, long seed) throws WireException {
        this.address = address;
        this.random = RandomStream.of(seed, "strangers");
        ParleyMachine machine = new ParleyMachine();
        WireCodec<Parley> codec = new WireCodec<>(machine, new Parley(), () -> 0, 1 << 20);
        this.frames =
                new Mutator(DecoderTrial.frames(codec, new LinkMemory()), RandomStream.of(seed, "frames of strangers"));
        this.hellos = new Mutator(List.of(hello()), RandomStream.of(seed, "hellos"));
    }

    private byte[] hello() {
        ParleyMachine machine = new ParleyMachine();
        StateWriter out = new StateWriter();
        out.writeInt(MAGIC);
        out.writeInt(WireCodec.VERSION);
        out.writeString(machine.protocol());
        out.writeLong(machine.schema());
        out.writeNodeId(Company.NOBODY);
        out.writeLong(incarnation++);
        // By which its heartbeats would be known.
        out.writeLong(0);
        out.writeLong(0);
        out.writeLong(1);
        return out.toByteArray();
    }

    /** One connection, from its beginning to its end: noise, a hello and then noise, or a length without end. */
    void visit() throws IOException {
        try (Socket socket = connect()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            switch (random.nextInt(KINDS)) {
                case 0 -> frame(out, hellos.next());
                case 1 -> out.write(frames.next());
                case 2 -> {
                    frame(out, hello());
                    out.writeInt(random.nextInt(2) == 0 ? Integer.MAX_VALUE : -1);
                }
                default -> {
                    frame(out, hello());
                    for (int count = 0; count < FRAMES; count++) {
                        frame(out, frames.next());
                    }
                }
            }
            out.flush();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (SocketException closed) {
            // The node has closed it before everything was said, as it may.
            return;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void frame(DataOutputStream out, byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
    }

    /** Opens so many connections that never say anything, and leaves them open. */
    void crowd(int connections) throws IOException {
        for (int count = 0; count < connections; count++) {
            mute.add(connect());
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : mute) {
            socket.close();
        }
    }
}
