package dev.foresail.steering.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

/**
 * Finds calls that block an event loop: sleeping, waiting, parking, blocking input and output. The loops are known by the
 * names of their threads. What instruments the JDK stays for the life of the JVM, so a test that has guarded has to release:
 * a call that is found throws, which ends a node or breaks a link of whatever test runs then.
 */
final class LoopGuard {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static volatile boolean guarding;

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
                // Locks that the loops of a JVM share and hold for moments: the allocator's, and those of queues to
                // other threads.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free")
                .allowBlockingCallsInside("io.netty.util.concurrent.GlobalEventExecutor", "addTask")
                .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
                .allowBlockingCallsInside("java.util.concurrent.ArrayBlockingQueue", "offer")
                .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "drainTo")
                // At its end a node ends its pools, whose idle threads wake then and take the same locks, for moments
                // too.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "shutdownNow")
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "shutdown")
                // The kernel has random numbers at once: NativePRNG reads them from /dev/urandom.
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "implNextBytes")
                // Looking up a name asks other machines.
                .markAsBlocking(java.net.InetAddress.class, "getByName", "(Ljava/lang/String;)Ljava/net/InetAddress;")
                .blockingMethodCallback(LoopGuard::blocked)
                .install();
    }

    private LoopGuard() {}

    private static boolean isLoop(Thread thread) {
        String name = thread.getName();
        return name.startsWith("foresail-n") && !name.contains("-storage") && !name.contains("-log-");
    }

    private static void blocked(BlockingMethod method) {
        if (guarding) {
            FOUND.add(method + " on " + Thread.currentThread().getName() + " within " + callers());
            throw new AssertionError("blocking call on an event loop: " + method);
        }
    }

    /** Who has blocked: the frames below those of the guard itself. */
    private static List<String> callers() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(4)
                        .limit(12)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .toList());
    }

    /** Guards from now on, until {@link #release}, and forgets what was found. */
    static void install() {
        FOUND.clear();
        guarding = true;
    }

    /** From now on loops may block: nothing is found, nothing is thrown. */
    static void release() {
        guarding = false;
    }

    /** The blocking calls found since. */
    static List<String> found() {
        return new ArrayList<>(FOUND);
    }
}
