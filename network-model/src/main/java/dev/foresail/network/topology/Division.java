package dev.foresail.network.topology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The endpoints of a topology in parts of about equal size that are as far from each other as can be: what one part does, another one
 * cannot notice before {@link #leastNanos} have passed. Immutable, thread-safe.
 *
 * <p>Idea: regions that are nearer to each other than a bound belong together, so that what remains between groups of them is at
 * least the bound (single linkage, by a minimum spanning tree). The largest bound is taken whose groups can be put together to parts of
 * about equal size, the largest group first. Weakness: a chain of near neighbours is one group, however long.
 */
public final class Division {
    /** Above, a topology is not looked at pair by pair. */
    static final int MOST_REGIONS = 2048;

    /** How much larger than the average a part may be. */
    private static final double MOST_UNEVEN = 1.04;

    private final byte[] partOf;
    private final int parts;
    private final long leastNanos;

    private Division(byte[] partOf, int parts, long leastNanos) {
        this.partOf = partOf;
        this.parts = parts;
        this.leastNanos = leastNanos;
    }

    /**
     * Divides the first endpoints of a topology.
     *
     * @param endpoints how many, at least 1
     * @param parts 2 to 127
     * @return empty when there are not so many parts of about equal size with a distance above 0 between them, or when nothing is known
     *     of distances
     */
    public static Optional<Division> of(Topology topology, int endpoints, int parts) {
        if (endpoints < 1 || endpoints > topology.size() || parts < 2 || parts > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    endpoints + " endpoints of " + topology.size() + " in " + parts + " parts: 2 to 127 parts");
        }
        Regions regions = inhabited(topology.regions(), endpoints);
        if (regions.count() < parts || regions.count() > MOST_REGIONS) {
            return Optional.empty();
        }
        int[] sizes = sizes(regions, endpoints);
        return new Grouping(regions, sizes, parts).best().map(partOfRegion -> {
            byte[] partOf = new byte[endpoints];
            for (int endpoint = 0; endpoint < endpoints; endpoint++) {
                partOf[endpoint] = (byte) partOfRegion[regions.regionOf(endpoint)];
            }
            return new Division(partOf, parts, leastBetween(regions, partOfRegion));
        });
    }

    private static int[] sizes(Regions regions, int endpoints) {
        int[] sizes = new int[regions.count()];
        for (int endpoint = 0; endpoint < endpoints; endpoint++) {
            sizes[regions.regionOf(endpoint)]++;
        }
        return sizes;
    }

    /** The regions that have any of the endpoints. */
    private static Regions inhabited(Regions all, int endpoints) {
        int[] sizes = sizes(all, endpoints);
        int[] left = IntStream.range(0, sizes.length)
                .filter(region -> sizes[region] > 0)
                .toArray();
        int[] place = new int[sizes.length];
        for (int region = 0; region < left.length; region++) {
            place[left[region]] = region;
        }
        return new Regions(
                left.length,
                endpoint -> place[all.regionOf(endpoint)],
                (from, to) -> all.leastNanos(left[from], left[to]));
    }

    private static long leastBetween(Regions regions, int[] partOfRegion) {
        long least = Long.MAX_VALUE;
        for (int one = 0; one < regions.count(); one++) {
            for (int other = 0; other < one; other++) {
                if (partOfRegion[one] != partOfRegion[other]) {
                    least = StrictMath.min(least, regions.leastNanos(one, other));
                }
            }
        }
        return least;
    }

    /** The part of an endpoint, 0 to {@code parts() - 1}. */
    public int partOf(int endpoint) {
        return partOf[endpoint];
    }

    /** How many parts there are. */
    public int parts() {
        return parts;
    }

    /** What no latency between endpoints of different parts is below, at any time; above 0. */
    public long leastNanos() {
        return leastNanos;
    }

    /** An edge of the spanning tree. */
    private record Edge(int region, int other, long nanos) {}

    private static final class Grouping {
        private final Regions regions;
        private final int[] sizes;
        private final int parts;

        Grouping(Regions regions, int[] sizes, int parts) {
            this.regions = regions;
            this.sizes = sizes;
            this.parts = parts;
        }

        /** The part of each region. */
        Optional<int[]> best() {
            List<Edge> edges = spanningTree();
            for (int cut = parts - 1; cut <= edges.size() && edges.get(cut - 1).nanos() > 0; cut++) {
                // Edges of equal length do not belong to different groups.
                if (cut < edges.size()
                        && edges.get(cut).nanos() == edges.get(cut - 1).nanos()) {
                    continue;
                }
                Optional<int[]> packed = pack(groups(edges.subList(cut, edges.size())));
                if (packed.isPresent()) {
                    return packed;
                }
            }
            return Optional.empty();
        }

        /** Longest edges first (Prim). */
        private List<Edge> spanningTree() {
            int count = regions.count();
            long[] nearest = new long[count];
            int[] via = new int[count];
            boolean[] inside = new boolean[count];
            Arrays.fill(nearest, Long.MAX_VALUE);
            Edge[] edges = new Edge[count - 1];
            int added = 0;
            for (int edge = 0; edge < count; edge++) {
                inside[added] = true;
                if (edge > 0) {
                    edges[edge - 1] = new Edge(added, via[added], nearest[added]);
                }
                int next = added;
                for (int region = 0; region < count; region++) {
                    if (!inside[region]) {
                        long nanos = regions.leastNanos(added, region);
                        if (nanos < nearest[region]) {
                            nearest[region] = nanos;
                            via[region] = added;
                        }
                        next = inside[next] || nearest[region] < nearest[next] ? region : next;
                    }
                }
                added = next;
            }
            Arrays.sort(edges, Comparator.comparingLong(Edge::nanos).reversed());
            return List.of(edges);
        }

        /** For each region a region that stands for its group. */
        private int[] groups(List<Edge> within) {
            int[] group = IntStream.range(0, regions.count()).toArray();
            for (Edge edge : within) {
                group[root(group, edge.region())] = root(group, edge.other());
            }
            return IntStream.range(0, group.length)
                    .map(region -> root(group, region))
                    .toArray();
        }

        private static int root(int[] group, int region) {
            int at = region;
            while (group[at] != at) {
                group[at] = group[group[at]];
                at = group[at];
            }
            return at;
        }

        /** The largest group first, each to the smallest part. */
        private Optional<int[]> pack(int[] groups) {
            long[] groupSizes = new long[groups.length];
            long all = 0;
            for (int region = 0; region < groups.length; region++) {
                groupSizes[groups[region]] += sizes[region];
                all += sizes[region];
            }
            int[] order = IntStream.range(0, groups.length)
                    .filter(region -> groups[region] == region)
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer group) -> groupSizes[group])
                            .reversed())
                    .mapToInt(Integer::intValue)
                    .toArray();
            long[] partSizes = new long[parts];
            int[] partOfGroup = new int[groups.length];
            for (int group : order) {
                int smallest = 0;
                for (int part = 1; part < parts; part++) {
                    smallest = partSizes[part] < partSizes[smallest] ? part : smallest;
                }
                partOfGroup[group] = smallest;
                partSizes[smallest] += groupSizes[group];
            }
            long largest = Arrays.stream(partSizes).max().orElseThrow();
            // Among few endpoints nothing is more even than one more here than there.
            boolean even = largest <= all * MOST_UNEVEN / parts || largest <= (all + parts - 1) / parts;
            return even && largest < all
                    ? Optional.of(Arrays.stream(groups)
                            .map(group -> partOfGroup[group])
                            .toArray())
                    : Optional.empty();
        }
    }
}
