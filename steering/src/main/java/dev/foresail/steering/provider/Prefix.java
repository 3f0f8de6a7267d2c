package dev.foresail.steering.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, IPv4 or IPv6. Immutable.
 *
 * @param address four or sixteen bytes in hexadecimal, with zeros behind the prefix
 * @param bits how many bits are alike
 */
record Prefix(String address, int bits) {
    /** No name of a host, which would be looked up. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * A prefix as it is written: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Prefix of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("no address: " + literal);
        }
        byte[] bytes = bytes(literal);
        int most = bytes.length * Byte.SIZE;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("not so many bits: " + bits);
        }
        return new Prefix(HexFormat.of().formatHex(masked(bytes, bits)), bits);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException(none);
        }
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] masked = Arrays.copyOf(bytes, bytes.length);
        for (int bit = bits; bit < masked.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return masked;
    }

    boolean covers(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length * 2 == address.length()
                && HexFormat.of().formatHex(masked(bytes, bits)).equals(address);
    }
}
