package dev.foresail.choice.sample;

import dev.foresail.choice.SystemView;

/** Looks at the states of {@link Ballots} from outside of the protocol. */
final class BallotJudge {
    private BallotJudge() {}

    static boolean all(SystemView<Ballots> view) {
        return view.all(state -> state.round == 0);
    }
}
