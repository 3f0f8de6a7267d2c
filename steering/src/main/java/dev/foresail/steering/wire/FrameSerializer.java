package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A serializer put together from how its type is written and read; reads from {@link BoundedInput} only. */
final class FrameSerializer<T> extends Serializer<T> {
    private final BiConsumer<Output, T> writing;
    private final Function<BoundedInput, T> reading;

    FrameSerializer(BiConsumer<Output, T> writing, Function<BoundedInput, T> reading) {
        super(false, true);
        this.writing = writing;
        this.reading = reading;
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        writing.accept(output, value);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return reading.apply((BoundedInput) input);
    }
}
