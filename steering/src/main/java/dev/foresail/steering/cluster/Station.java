package dev.foresail.steering.cluster;

import dev.foresail.steering.cluster.IncomingLink.BrokenException;
import dev.foresail.steering.cluster.Parcel.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** A waiting member from one beginning to the next: at most one work. Thread-safe. */
final class Station implements Mail, Membership {
    /** A coordinator that has invited somebody lets him join at once. */
    private static final int MOST_SECONDS_TO_JOIN = 30;

    private final String version;
    private final List<MemberService> services;
    private final Consumer<String> told;
    private final Consumer<Station> over;
    private final MemberSystem system;
    private final Set<MemberAddress> members = new ConcurrentSkipListSet<>();

    /** Where an invitation comes from, or what has come of it. */
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

        void tell(Runnable what) {
            if (hasBegun) {
                what.run();
            } else {
                waiting.add(what);
            }
        }
    }

    /**
     * Begins to listen.
     *
     * @param told gets a line for people when a work begins or is over
     * @param over is told once, when it is of no use any more, by a thread that must not be made to wait
     * @throws dev.foresail.steering.config.ConfigurationException FS436 when it cannot listen there
     */
    Station(
            MemberAddress listen,
            String version,
            List<MemberService> services,
            MembershipSettings settings,
            Consumer<String> told,
            Consumer<Station> over) {
        this.version = version;
        this.services = services;
        this.told = told;
        this.over = over;
        this.system = MemberSystem.start(listen, settings);
    }

    /** From now on it can be invited. */
    void open() {
        system.open(this);
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
        boolean isOfThisWork = post.isPresent() && post.get().work() == parcel.work();
        if (isOver) {
            return;
        } else if (parcel.kind() == Kind.INVITATION && !isOfThisWork) {
            if (engagement.isPresent()) {
                refuseAsBusy(from, parcel);
                return;
            }
            post = Optional.of(new Post(parcel.work(), system::carry));
        } else if (!isOfThisWork) {
            return;
        }
        try {
            Optional<byte[]> message = post.orElseThrow().open(from, parcel);
            if (message.isPresent()) {
                opened(from, parcel.kind(), message.get());
            }
        } catch (BrokenException broken) {
            end("what " + from + " sends is not whole: " + broken.getMessage());
        }
    }

    private void refuseAsBusy(MemberAddress from, Parcel invitation) {
        if (invitation.number() == 0) {
            byte[] refusal =
                    new RefusedException("FS441", "it works for " + engagement.orElseThrow().coordinator).message();
            system.carry(from, new Parcel(Kind.REFUSAL, invitation.work(), 0, false, refusal));
        }
    }

    private void opened(MemberAddress from, Kind kind, byte[] message) {
        if (kind == Kind.INVITATION && engagement.isEmpty()) {
            consider(from, message);
        } else if (kind == Kind.MESSAGE) {
            engagement.ifPresent(taken -> taken.tell(() -> taken.work.received(from, message)));
        } else if (kind == Kind.FAREWELL && isCoordinator(from)) {
            end("the coordinator has ended");
        }
    }

    private void consider(MemberAddress from, byte[] message) {
        Post answers = post.orElseThrow();
        try {
            Invitation invitation = Invitation.read(message, version);
            MemberService service = services.stream()
                    .filter(each -> each.purpose().equals(invitation.purpose()))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException("FS439", "it knows nothing of " + invitation.purpose()));
            MemberWork work = service.accept(invitation.offer());
            engagement = Optional.of(new Engagement(from, work));
            answers.send(from, Kind.ACCEPTANCE, work.acceptance());
            told.accept("invited by " + from);
            system.join(from);
        } catch (RefusedException refusal) {
            told.accept("refused to " + from + ": " + refusal.getMessage());
            answers.send(from, Kind.REFUSAL, refusal.message());
            post = Optional.empty();
        } catch (RuntimeException unreadable) {
            String why = "it cannot make sense of the invitation: " + unreadable.getMessage();
            answers.send(from, Kind.REFUSAL, new RefusedException("FS439", why).message());
            post = Optional.empty();
        }
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
            taken.work.begin(this, taken.coordinator);
            taken.waiting.forEach(Runnable::run);
            taken.waiting.clear();
        });
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
            engagement.ifPresent(taken -> taken.tell(() -> taken.work.lost(member, "it was put out")));
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
            if (!isOver) {
                isOver = true;
                taken.ifPresent(each -> post.ifPresent(way -> way.send(each.coordinator, Kind.FAREWELL, new byte[0])));
            }
        }
        system.close();
        taken.ifPresent(each -> each.work.close());
    }
}
