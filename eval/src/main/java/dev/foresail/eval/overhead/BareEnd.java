package dev.foresail.eval.overhead;

import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** One end of a {@link BarePair}: {@link Rally} written by hand for one connection. Runs on the event loop. */
// Netty tells a handler of failures; what the futures of writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class BareEnd extends SimpleChannelInboundHandler<ByteBuf> {
    private final WireCodec<Rally> codec;
    private final int window;
    private final String text;
    private final CompletableFuture<ChannelHandlerContext> connected = new CompletableFuture<>();
    private final LongAdder messages = new LongAdder();
    private long sequence;
    private long heard;
    private long heardLast;
    private long served;
    private long returned;
    private boolean playing;

    BareEnd(WireCodec<Rally> codec, int window, String text) {
        this.codec = codec;
        this.window = window;
        this.text = text;
    }

    void awaitConnection() {
        connected.join();
    }

    void begin() {
        ChannelHandlerContext context = connected.join();
        context.executor().execute(() -> {
            playing = true;
            while (served - returned < window) {
                serve(context);
            }
        });
    }

    void pause() {
        connected.join().executor().execute(() -> playing = false);
    }

    long messages() {
        return messages.sum();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected.complete(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) throws WireException {
        Envelope envelope = codec.decode(ByteBufUtil.getBytes(frame));
        Object message = envelope instanceof Envelope.Payload payload ? payload.message() : envelope;
        if (message instanceof Rally.Serve serve) {
            heard++;
            heardLast = serve.number();
            if (heard != heardLast) {
                throw new IllegalStateException(heard + " heard, the last is " + heardLast);
            }
            send(context, new Rally.Return(serve.number(), serve.text()));
        } else {
            returned++;
            if (playing) {
                serve(context);
            }
        }
    }

    private void serve(ChannelHandlerContext context) {
        served++;
        send(context, new Rally.Serve(served, text));
    }

    private void send(ChannelHandlerContext context, Object message) {
        try {
            sequence++;
            messages.increment();
            byte[] frame = codec.encode(new Envelope.Payload(sequence, 0, message));
            ByteBuf buffer = context.alloc().buffer(Integer.BYTES + frame.length);
            buffer.writeInt(frame.length);
            buffer.writeBytes(frame);
            context.writeAndFlush(buffer, context.voidPromise());
        } catch (WireException tooLong) {
            throw new IllegalStateException("a message of a rally is too long", tooLong);
        }
    }
}
