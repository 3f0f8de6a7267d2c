package dev.foresail.steering.provider;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.KeptFacts;
import dev.foresail.network.provider.LinkFacts;
import dev.foresail.network.provider.LinkProvider;
import dev.foresail.network.provider.LinkProviders;
import dev.foresail.network.provider.LinkTable;
import dev.foresail.network.provider.ProviderFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The providers that an operator has configured, and what was read of them last. Reading takes time; all else is quick and thread-safe. */
public final class ConfiguredProviders {
    private final Map<NodeId, InetSocketAddress> addresses;
    private final List<Read> read = new ArrayList<>();
    private final LinkProviders<NodeId> providers;

    /** One that is read. */
    private record Read(ProviderSettings.Reading settings, KeptFacts<NodeId> kept) {}

    /**
     * Nothing is read yet; what was read is used until it is as old as the settings say.
     *
     * @param settings in the order in which they are believed
     * @param addresses of the nodes, for providers that know addresses; names of hosts are looked up when something is read
     */
    public ConfiguredProviders(List<ProviderSettings> settings, Map<NodeId, InetSocketAddress> addresses) {
        this(settings, addresses, reading -> reading.maximumAge().toNanos());
    }

    private ConfiguredProviders(
            List<ProviderSettings> settings,
            Map<NodeId, InetSocketAddress> addresses,
            ToLongFunction<ProviderSettings.Reading> maximumAgeNanos) {
        this.addresses = Map.copyOf(addresses);
        List<LinkProvider<NodeId>> all = new ArrayList<>();
        for (ProviderSettings each : settings) {
            if (each instanceof ProviderSettings.Reading reading) {
                KeptFacts<NodeId> kept = new KeptFacts<>(each.figures(), maximumAgeNanos.applyAsLong(reading));
                read.add(new Read(reading, kept));
                all.add(kept);
            } else if (each instanceof ProviderSettings.Own own) {
                all.add(own.provider());
            }
        }
        this.providers = new LinkProviders<>(all);
    }

    /**
     * For simulations: what was read never becomes too old, as nothing is read again there however much virtual time passes.
     *
     * @see #ConfiguredProviders(List, Map)
     */
    public static ConfiguredProviders readOnce(
            List<ProviderSettings> settings, Map<NodeId, InetSocketAddress> addresses) {
        return new ConfiguredProviders(settings, addresses, reading -> Long.MAX_VALUE);
    }

    /** To be consulted. */
    public LinkProviders<NodeId> providers() {
        return providers;
    }

    /** How many there are to be read. */
    int size() {
        return read.size();
    }

    Duration refresh(int index) {
        return read.get(index).settings.refresh();
    }

    /** Whether it may be out of reach at times. */
    boolean isRemote(int index) {
        return read.get(index).settings.sources().stream().anyMatch(Source::isRemote);
    }

    /**
     * Reads everything once.
     *
     * @param nowNanos what ages count from
     * @throws ProviderException when something cannot be read
     */
    public void readAll(long nowNanos) throws InterruptedException {
        for (int index = 0; index < read.size(); index++) {
            read(index, nowNanos);
        }
    }

    /** @throws ProviderException when it cannot be read; what was read before still counts then */
    void read(int index, long nowNanos) throws InterruptedException {
        Read each = read.get(index);
        try {
            each.kept.keep(facts(each.settings), nowNanos);
        } catch (ProviderFormatException wrong) {
            throw new ProviderException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private LinkFacts<NodeId> facts(ProviderSettings.Reading settings) throws InterruptedException {
        if (settings instanceof ProviderSettings.Alto alto) {
            return AltoMaps.read(named(alto.networkMap()), named(alto.costMap()), resolved());
        }
        ProviderSettings.Table table = (ProviderSettings.Table) settings;
        return LinkTable.read(
                table.source().place(),
                named(table.source()).text(),
                table.figures(),
                text -> NodeId.of(Long.parseLong(text)));
    }

    private static AltoMaps.Named named(Source source) throws InterruptedException {
        try {
            return new AltoMaps.Named(source.place(), source.read());
        } catch (IOException failed) {
            throw new ProviderFormatException(source.place(), "cannot be read: " + failed);
        }
    }

    /** Who cannot be found has no address, and so no costs. */
    private Map<NodeId, InetAddress> resolved() {
        Map<NodeId, InetAddress> resolved = new HashMap<>();
        addresses.forEach((node, address) -> {
            try {
                InetAddress known = address.getAddress();
                resolved.put(node, known == null ? InetAddress.getByName(address.getHostString()) : known);
            } catch (UnknownHostException absent) {
                resolved.remove(node);
            }
        });
        return resolved;
    }
}
