package dev.foresail.choice.sample;

import dev.foresail.choice.Node;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.sample.base.Counting;
import java.util.ArrayList;
import java.util.List;

/** Counts everything twice, and remembers it. */
abstract class Doubling extends Counting {
    final List<Integer> seen = new ArrayList<>();

    Doubling(int most) {
        super(most);
    }

    @Override
    @OnMessage(when = "!isFull")
    public void add(Number number) {
        super.add(number);
        super.add(number);
        seen.add(number.value());
    }

    @Override
    protected void step(Node node) {
        seen.add(0);
    }
}
