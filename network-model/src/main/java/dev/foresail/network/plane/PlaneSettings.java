package dev.foresail.network.plane;

/**
 * What an {@link InformationPlane} holds at most.
 *
 * @param peers measured peers, at least 1; beyond it the ones that were not measured for the longest time are dropped
 * @param exporters other nodes whose reports are kept, at least 1
 * @param entries links that one report speaks of, at least 1; a report of more is refused
 */
public record PlaneSettings(int peers, int exporters, int entries) {
    /** 20,000 peers, with all that can be measured of them, are some 20 MiB. */
    public static final PlaneSettings DEFAULT = new PlaneSettings(20_000, 256, 256);

    public PlaneSettings {
        if (peers < 1 || exporters < 1 || entries < 1) {
            throw new IllegalArgumentException(
                    "a limit must be at least 1: peers " + peers + ", exporters " + exporters + ", entries " + entries);
        }
    }
}
