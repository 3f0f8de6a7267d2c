package dev.foresail.steering.cluster.campaign;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.campaign.SimulationPlan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.objectweb.asm.ClassReader;

/**
 * Tells apart code that may do different things: a checksum of the class files of a plan's protocol and scenario and of all that they name,
 * without the platform's and Foresail's own engine, for which the version stands. Pure functions.
 */
public final class CodeFingerprint {
    private static final int CLASS_TAG = 7;
    private static final List<String> ENGINE = List.of(
            "java/",
            "javax/",
            "jdk/",
            "dev/foresail/choice/",
            "dev/foresail/network/",
            "dev/foresail/predictor/",
            "dev/foresail/steering/cluster/");

    private CodeFingerprint() {}

    /** @param loader finds the class files; of those that it does not find nothing is known */
    public static long of(SimulationPlan<?> plan, ClassLoader loader) {
        Deque<String> open = new ArrayDeque<>(List.of(
                internal(plan.machine().getClass()),
                internal(plan.played().scenario().getClass())));
        plan.machine().protocolTypes().forEach(type -> open.add(internal(type)));
        layers(plan.machine()).forEach(layer -> open.add(internal(layer.getClass())));
        SortedMap<String, Long> sums = new TreeMap<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!sums.containsKey(name) && ENGINE.stream().noneMatch(name::startsWith)) {
                byte[] file = read(name, loader);
                CRC32C sum = new CRC32C();
                sum.update(file);
                sums.put(name, sum.getValue());
                addNamed(file, open);
            }
        }
        return sums.hashCode();
    }

    /** The machines of the layers; none of a single protocol. */
    private static List<? extends Machine<?>> layers(Machine<?> machine) {
        return machine instanceof StackMachine stack ? stack.layers() : List.of();
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static byte[] read(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private static void addNamed(byte[] file, Deque<String> open) {
        if (file.length == 0) {
            return;
        }
        ClassReader reader = new ClassReader(file);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0 && reader.readByte(offset - 1) == CLASS_TAG) {
                String name = String.valueOf(reader.readUTF8(offset, buffer));
                if (!name.startsWith("[")) {
                    open.add(name);
                }
            }
        }
    }
}
