package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.IncomingLink.BrokenException;
import dev.foresail.steering.cluster.Parcel.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A waiting member from one beginning to the next: at most one work. Thread-safe. */
final class Station implements Mail, Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Station.class);

    /** A coordinator that has invited somebody lets him join at once. */
    private static final int MOST_SECONDS_TO_JOIN = 30;

    private final String version;
    private final List<MemberService> services;
    private final Consumer<String> told;
    private final Consumer<Station> over;
    private final MemberSystem system;
    private final Set<MemberAddress> members = new ConcurrentSkipListSet<>();

    /** Invitations that are not whole yet, by who sends them. */
    private final Map<MemberAddress, Post> invitations = new HashMap<>();

    /** Of the work that it has taken on. */
    private Optional<Post> post = Optional.empty();

    private Optional<Engagement> engagement = Optional.empty();
    private boolean isOver;

    /** What it has taken on. Guarded by the station. */
    private static final class Engagement {
        final MemberAddress coordinator;
        final MemberWork work;
        final List<Runnable> waiting = new ArrayList<>();
        boolean hasBegun;
        int secondsToJoin;

        Engagement(MemberAddress coordinator, MemberWork work) {
            this.coordinator = coordinator;
            this.work = work;
        }
    }

    /**
     * Nothing is heard before it {@linkplain #open opens}.
     *
     * @param system has joined nobody yet
     * @param told gets a line for people when a work begins or is over
     * @param over is told once, when it is of no use any more, by a thread that must not be made to wait
     */
    Station(
            MemberSystem system,
            String version,
            List<MemberService> services,
            Consumer<String> told,
            Consumer<Station> over) {
        this.version = version;
        this.services = services;
        this.told = told;
        this.over = over;
        this.system = system;
    }

    /** From now on it can be invited. */
    void open() {
        system.open(this);
        system.whenEnded(this::engineEnded);
    }

    private synchronized void engineEnded() {
        end("the cluster's engine has ended here");
    }

    @Override
    public MemberAddress self() {
        return system.self();
    }

    @Override
    public List<MemberAddress> others() {
        return List.copyOf(members);
    }

    @Override
    public void send(MemberAddress to, byte[] message) {
        currentPost().ifPresent(current -> current.send(to, Kind.MESSAGE, message));
    }

    private synchronized Optional<Post> currentPost() {
        return isOver ? Optional.empty() : post;
    }

    @Override
    public synchronized void arrived(MemberAddress from, Parcel parcel) {
        Optional<Post> way = isOver ? Optional.empty() : way(from, parcel);
        if (way.isEmpty()) {
            return;
        }
        try {
            Optional<byte[]> message = way.get().open(from, parcel);
            if (message.isPresent()) {
                opened(from, parcel.kind(), message.get());
            }
        } catch (BrokenException broken) {
            if (invitations.remove(from) == null) {
                end("what " + from + " sends is not whole: " + broken.getMessage());
            }
        }
    }

    /** To what a parcel belongs; empty when that is nothing here. */
    private Optional<Post> way(MemberAddress from, Parcel parcel) {
        boolean isBeginning = parcel.kind() == Kind.INVITATION && parcel.number() == 0;
        if (engagement.isPresent()) {
            boolean isOfThisWork = post.orElseThrow().work() == parcel.work();
            if (isBeginning && !isOfThisWork) {
                refuseAsBusy(from, parcel.work());
            }
            return isOfThisWork ? post : Optional.empty();
        }
        if (isBeginning) {
            invitations.put(from, new Post(parcel.work(), system::carry));
        }
        return Optional.ofNullable(invitations.get(from)).filter(each -> each.work() == parcel.work());
    }

    private void refuseAsBusy(MemberAddress from, long work) {
        byte[] refusal =
                new RefusedException("FS441", "it works for " + engagement.orElseThrow().coordinator).message();
        system.carry(from, new Parcel(Kind.REFUSAL, work, 0, false, refusal));
    }

    private void opened(MemberAddress from, Kind kind, byte[] message) {
        if (kind == Kind.INVITATION && engagement.isEmpty()) {
            consider(from, Objects.requireNonNull(invitations.remove(from)), message);
        } else if (kind == Kind.MESSAGE) {
            engagement.ifPresent(taken -> tell(taken, () -> taken.work.received(from, message)));
        } else if (kind == Kind.FAREWELL && isCoordinator(from)) {
            end("the coordinator has ended");
        }
    }

    private void consider(MemberAddress from, Post answers, byte[] message) {
        try {
            Invitation invitation = Invitation.read(message, version);
            MemberService service = services.stream()
                    .filter(each -> each.purpose().equals(invitation.purpose()))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException("FS439", "it knows nothing of " + invitation.purpose()));
            MemberWork work = service.accept(invitation.offer());
            answers.send(from, Kind.ACCEPTANCE, work.acceptance());
            post = Optional.of(answers);
            engagement = Optional.of(new Engagement(from, work));
            told.accept("invited by " + from);
            system.join(from);
            invitations.forEach((other, begun) -> refuseAsBusy(other, begun.work()));
            invitations.clear();
        } catch (RefusedException refusal) {
            told.accept("refused to " + from + ": " + refusal.getMessage());
            answers.send(from, Kind.REFUSAL, refusal.message());
        } catch (RuntimeException unreadable) {
            refuse(from, answers, "it cannot make sense of the invitation: " + unreadable.getMessage());
        } catch (Error failure) {
            // Services run the protocol's code, whose classes may lack others.
            refuse(from, answers, "it cannot do that: " + failure);
        }
    }

    private void refuse(MemberAddress from, Post answers, String why) {
        RefusedException refusal = new RefusedException("FS439", why);
        told.accept("refused to " + from + ": " + refusal.getMessage());
        answers.send(from, Kind.REFUSAL, refusal.message());
    }

    private boolean isCoordinator(MemberAddress member) {
        return engagement.filter(taken -> taken.coordinator.equals(member)).isPresent();
    }

    @Override
    public synchronized void isUp(MemberAddress member) {
        if (!member.equals(self())) {
            members.add(member);
            return;
        }
        engagement.filter(taken -> !taken.hasBegun).ifPresent(taken -> {
            members.add(taken.coordinator);
            taken.hasBegun = true;
            run(taken, () -> taken.work.begin(this, taken.coordinator));
            taken.waiting.forEach(what -> run(taken, what));
            taken.waiting.clear();
        });
    }

    private void tell(Engagement taken, Runnable what) {
        if (taken.hasBegun) {
            run(taken, what);
        } else {
            taken.waiting.add(what);
        }
    }

    /** Nobody must wait for what would have come of a message that could not be handled. */
    private void run(Engagement taken, Runnable what) {
        if (isOver) {
            return;
        }
        try {
            what.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("what has come from another member could not be handled", failure);
            post.orElseThrow().send(taken.coordinator, Kind.FAREWELL, new byte[0]);
            end("what has come could not be handled: " + failure);
        }
    }

    @Override
    public synchronized void isSilent(MemberAddress member) {
        // Of others the coordinator says whether they are lost.
        if (isCoordinator(member)) {
            end("the coordinator is silent");
        }
    }

    @Override
    public synchronized void isOut(MemberAddress member) {
        if (member.equals(self()) || isCoordinator(member)) {
            end("it was put out");
        } else if (members.remove(member)) {
            post.ifPresent(each -> each.forget(member));
            engagement.ifPresent(taken -> tell(taken, () -> taken.work.lost(member, "it was put out")));
        }
    }

    @Override
    public synchronized void tick() {
        if (engagement.isPresent() && !isOver) {
            post.ifPresent(Post::pulse);
            Engagement taken = engagement.get();
            if (!taken.hasBegun && taken.secondsToJoin++ >= MOST_SECONDS_TO_JOIN) {
                end("the coordinator does not let it join");
            }
        }
    }

    private void end(String why) {
        if (!isOver) {
            isOver = true;
            engagement.ifPresent(taken -> told.accept("work for " + taken.coordinator + " is over: " + why));
            over.accept(this);
        }
    }

    /** Ends, and returns when the port is free again. A coordinator that may be there still is told. */
    void leave() {
        Optional<Engagement> taken;
        synchronized (this) {
            taken = engagement;
            engagement = Optional.empty();
            if (!isOver) {
                isOver = true;
                taken.ifPresent(each -> post.ifPresent(way -> way.send(each.coordinator, Kind.FAREWELL, new byte[0])));
            }
        }
        system.close();
        taken.ifPresent(each -> each.work.close());
    }
}
