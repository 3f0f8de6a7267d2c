package dev.foresail.network.topology;

import java.util.Arrays;

/**
 * The shortest paths between a few routers, and their narrowest links: of paths that are equally short the one whose narrowest link is
 * widest. Links lead both ways. Until {@link #solve} it has the links alone. Not thread-safe while it changes.
 */
final class ShortestPaths {
    private static final int NONE = Integer.MAX_VALUE;

    private final int routers;
    private final int[] micros;
    private final float[] bytesPerSecond;

    /** Without any link. */
    ShortestPaths(int routers) {
        this.routers = routers;
        micros = new int[routers * routers];
        bytesPerSecond = new float[routers * routers];
        Arrays.fill(micros, NONE);
        for (int router = 0; router < routers; router++) {
            set(router, router, 0, Float.POSITIVE_INFINITY);
        }
    }

    /** Adds a link, where none is shorter. */
    void link(int one, int other, int linkMicros, float linkBytesPerSecond) {
        if (isBetter(one, other, linkMicros, linkBytesPerSecond)) {
            set(one, other, linkMicros, linkBytesPerSecond);
            set(other, one, linkMicros, linkBytesPerSecond);
        }
    }

    boolean areLinked(int one, int other) {
        return micros[one * routers + other] != NONE;
    }

    /** From links to paths (Floyd and Warshall). */
    void solve() {
        for (int via = 0; via < routers; via++) {
            for (int from = 0; from < routers; from++) {
                if (areLinked(from, via)) {
                    solve(from, via);
                }
            }
        }
    }

    private void solve(int from, int via) {
        int first = micros[from * routers + via];
        float firstWidth = bytesPerSecond[from * routers + via];
        for (int to = 0; to < routers; to++) {
            if (areLinked(via, to)) {
                int through = first + micros[via * routers + to];
                float width = StrictMath.min(firstWidth, bytesPerSecond[via * routers + to]);
                if (isBetter(from, to, through, width)) {
                    set(from, to, through, width);
                }
            }
        }
    }

    private boolean isBetter(int from, int to, int newMicros, float newWidth) {
        int had = micros[from * routers + to];
        return newMicros < had || newMicros == had && newWidth > bytesPerSecond[from * routers + to];
    }

    private void set(int from, int to, int newMicros, float newWidth) {
        micros[from * routers + to] = newMicros;
        bytesPerSecond[from * routers + to] = newWidth;
    }

    /** One way; 0 from a router to itself. */
    int micros(int from, int to) {
        return micros[from * routers + to];
    }

    /** Of the narrowest link; infinite from a router to itself. */
    float bytesPerSecond(int from, int to) {
        return bytesPerSecond[from * routers + to];
    }
}
