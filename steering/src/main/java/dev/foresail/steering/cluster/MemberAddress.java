package dev.foresail.steering.cluster;

import dev.foresail.steering.config.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a member listens, which is also its name.
 *
 * @param host a name or an address; members know each other by {@linkplain #resolved addresses}
 * @param port 0 to 65535; 0 stands for any that is free
 */
public record MemberAddress(String host, int port) implements Comparable<MemberAddress> {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final int MOST = 65_535;

    /**
     * Reads {@code HOST:PORT}.
     *
     * @param option for messages
     * @throws ConfigurationException FS436 when it is nothing of the kind
     */
    public static MemberAddress parse(String option, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > MOST) {
            throw new ConfigurationException(
                    "FS436",
                    option + ": '" + text
                            + "' is no address; HOST:PORT was expected, such as 127.0.0.1:9301, with a port" + " up to "
                            + MOST);
        }
        return new MemberAddress(form.group(1), Integer.parseInt(form.group(2)));
    }

    /**
     * Reads {@code HOST:PORT,...}, each with its host's address instead of its name.
     *
     * @throws ConfigurationException FS436 when one is no address, has no port or is there twice, FS437 when no host has that name
     */
    public static List<MemberAddress> parseAll(String option, String text) {
        List<MemberAddress> all = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            MemberAddress address = parse(option, each.strip());
            if (address.port == 0) {
                throw new ConfigurationException("FS436", option + ": '" + address + "' names no port");
            }
            MemberAddress resolved = address.resolved();
            if (all.contains(resolved)) {
                throw new ConfigurationException("FS436", option + ": " + address + " is named twice");
            }
            all.add(resolved);
        }
        return all;
    }

    /**
     * The same with the host's address.
     *
     * @throws ConfigurationException FS437 when no host has that name
     */
    public MemberAddress resolved() {
        try {
            return new MemberAddress(InetAddress.getByName(host).getHostAddress(), port);
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException("FS437", this + ": no host is named '" + host + "'");
        }
    }

    /**
     * The same with the host's address, at which a member can listen and be reached.
     *
     * @param option for messages
     * @throws ConfigurationException FS436 when it is every address of the machine, FS437 when no host has that name
     */
    public MemberAddress bindable(String option) {
        MemberAddress address = resolved();
        if (address.host.equals("0.0.0.0")) {
            throw new ConfigurationException(
                    "FS436",
                    option + ": " + this + " is every address of this machine; name the one by which others reach it");
        }
        return address;
    }

    /** Whether nobody reaches it but from its own machine. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public int compareTo(MemberAddress other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
