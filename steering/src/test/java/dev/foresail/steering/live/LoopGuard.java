package dev.foresail.steering.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;

/**
 * Finds calls that block an event loop: sleeping, waiting, parking, blocking input and output. The loops are known by the
 * names of their threads. Once installed it stays for the life of the JVM.
 */
final class LoopGuard {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    static {
        BlockHound.builder()
                .nonBlockingThreadPredicate(current -> current.or(LoopGuard::isLoop))
                // Selecting is what a loop does when there is nothing to do.
                .allowBlockingCallsInside("io.netty.channel.nio.NioIoHandler", "run")
                .disallowBlockingCallsInside("io.netty.channel.nio.NioIoHandler", "processSelectedKeys")
                .allowBlockingCallsInside("io.netty.util.concurrent.SingleThreadEventExecutor", "confirmShutdown")
                // Loading a class reads a file, once.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                // Where the log goes is the operator's choice; there are asynchronous appenders.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // Looking up a name asks other machines.
                .markAsBlocking(java.net.InetAddress.class, "getByName", "(Ljava/lang/String;)Ljava/net/InetAddress;")
                .blockingMethodCallback(method -> {
                    FOUND.add(method + " on " + Thread.currentThread().getName());
                    throw new AssertionError("blocking call on an event loop: " + method);
                })
                .install();
    }

    private LoopGuard() {}

    private static boolean isLoop(Thread thread) {
        String name = thread.getName();
        return name.startsWith("foresail-n") && !name.contains("-storage");
    }

    /** Installs the guard and forgets what it has found. */
    static void install() {
        FOUND.clear();
    }

    /** The blocking calls found since. */
    static List<String> found() {
        return new ArrayList<>(FOUND);
    }
}
