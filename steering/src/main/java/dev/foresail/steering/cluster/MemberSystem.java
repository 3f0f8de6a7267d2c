package dev.foresail.steering.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.foresail.steering.config.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.FutureConverters;

/**
 * The engine of one member. It listens from the beginning and belongs to no cluster before it {@linkplain #join joins} one; having left that, it
 * can join no other. Thread-safe.
 */
final class MemberSystem implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemberSystem.class);
    private static final String NAME = "foresail";
    private static final String MAIL = "mail";
    private static final long MOST_SECONDS_TO_END = 5;

    private final ActorSystem system;
    private final Cluster cluster;
    private final CompletableFuture<Mail> opened = new CompletableFuture<>();
    private final ActorRef mail;
    private final MemberAddress self;
    private final Map<MemberAddress, ActorRef> known = new ConcurrentHashMap<>();

    private MemberSystem(ActorSystem system) {
        this.system = system;
        this.cluster = Cluster.get(system);
        Address address = cluster.selfAddress();
        this.self = new MemberAddress(
                address.getHost().orElseThrow(), address.getPort().orElseThrow());
        this.mail = system.actorOf(Props.create(MailActor.class, () -> new MailActor(opened)), MAIL);
    }

    /**
     * Begins to listen.
     *
     * @param listen with an address, not a name
     * @throws ConfigurationException FS436 when it cannot listen there
     */
    static MemberSystem start(MemberAddress listen, MembershipSettings settings) {
        ClassLoader loader = MemberSystem.class.getClassLoader();
        try {
            return new MemberSystem(ActorSystem.create(NAME, configuration(listen, settings, loader), loader));
        } catch (RuntimeException failure) {
            throw new ConfigurationException("FS436", "cannot listen at " + listen + ": " + innermost(failure));
        }
    }

    private static Config configuration(MemberAddress listen, MembershipSettings settings, ClassLoader loader) {
        Map<String, Object> own = new HashMap<>();
        own.put("pekko.loglevel", LOG.isInfoEnabled() ? "INFO" : "OFF");
        own.put("pekko.remote.artery.canonical.hostname", listen.host());
        own.put("pekko.remote.artery.canonical.port", listen.port());
        own.put("pekko.cluster.failure-detector.acceptable-heartbeat-pause", settings.silence());
        // Nothing of what a user has on the class path or in system properties changes how members talk.
        return ConfigFactory.parseMap(own)
                .withFallback(ConfigFactory.parseResources(loader, "dev/foresail/steering/cluster/engine.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
                .resolve();
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** What has come so far, and what comes from now on, goes there. */
    void open(Mail to) {
        opened.complete(to);
    }

    /** Is told, by any thread, when the engine has ended, for whatever reason. */
    void whenEnded(Runnable what) {
        FutureConverters.asJava(system.whenTerminated()).thenRun(what);
    }

    MemberAddress self() {
        return self;
    }

    /** A number that no other engine has. */
    long number() {
        return cluster.selfUniqueAddress().longUid();
    }

    /** Joins the cluster of a member; its own, when it is this one. */
    void join(MemberAddress member) {
        cluster.join(address(member));
    }

    /** Nothing comes from a member any more, even when it is not dead. */
    void putOut(MemberAddress member) {
        cluster.down(address(member));
    }

    /** Takes a parcel to a member, behind those that were taken there before. */
    void carry(MemberAddress to, Parcel parcel) {
        known.computeIfAbsent(to, this::mailOf).tell(parcel, mail);
    }

    private ActorRef mailOf(MemberAddress member) {
        return ((ExtendedActorSystem) system).provider().resolveActorRef(address(member) + "/user/" + MAIL);
    }

    private static Address address(MemberAddress member) {
        return new Address("pekko", NAME, member.host(), member.port());
    }

    /** Ends, and returns when the port is free again. What was sent goes out before. */
    @Override
    public void close() {
        system.terminate();
        try {
            FutureConverters.asJava(system.whenTerminated())
                    .toCompletableFuture()
                    .get(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("the cluster's engine does not end: {}", late.toString());
        }
    }
}
