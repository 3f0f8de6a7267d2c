package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/** Refuses class names on the wire: Kryo would load the named class before it finds that it is not registered. */
final class NamelessClassResolver extends DefaultClassResolver {
    @Override
    protected Registration readName(Input input) {
        throw new KryoException("a class name instead of the number of a registered type");
    }
}
