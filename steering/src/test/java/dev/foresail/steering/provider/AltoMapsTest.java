package dev.foresail.steering.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.ProviderFormatException;
import dev.foresail.steering.provider.AltoMaps.Named;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps are those of RFC 7285, sections 11.2.1.6 and 11.2.3.6. */
class AltoMapsTest {
    static final String NETWORK = """
            {"meta" : {"vtag": {"resource-id": "my-default-network-map", "tag": "da65eca2eb7a10ce8b059740b0b2e3f8eb1d4785"}},
             "network-map" : {
               "PID1" : {"ipv4" : ["192.0.2.0/24", "198.51.100.0/25"]},
               "PID2" : {"ipv4" : ["198.51.100.128/25"]},
               "PID3" : {"ipv4" : ["0.0.0.0/0"], "ipv6" : ["::/0"]}
             }}
            """;
    static final String COSTS = """
            {"meta" : {"dependent-vtags" : [{"resource-id": "my-default-network-map",
                                             "tag": "da65eca2eb7a10ce8b059740b0b2e3f8eb1d4785"}],
                       "cost-type" : {"cost-mode"  : "numerical", "cost-metric": "routingcost"}},
             "cost-map" : {
               "PID1": { "PID1": 1,  "PID2": 5,  "PID3": 10 },
               "PID2": { "PID1": 5,  "PID2": 1,  "PID3": 15.5 },
               "PID3": { "PID1": 20, "PID2": 15  }
             }}
            """;

    private static Map<NodeId, InetAddress> addresses(String... literals) throws UnknownHostException {
        Map<NodeId, InetAddress> addresses = new TreeMap<>();
        for (int index = 0; index < literals.length; index++) {
            addresses.put(NodeId.of(index + 1), InetAddress.getByName(literals[index]));
        }
        return addresses;
    }

    private static AltoMaps read(String network, String costs) throws UnknownHostException {
        return AltoMaps.read(
                new Named("net.json", network),
                new Named("costs.json", costs),
                addresses("192.0.2.7", "198.51.100.200", "203.0.113.1", "2001:db8::1"));
    }

    @Test
    void aWayCostsWhatItCostsBetweenTheGroupsOfTheLongestPrefixes() throws UnknownHostException {
        AltoMaps maps = read(NETWORK, COSTS);
        assertEquals(4, maps.grouped());
        assertEquals(OptionalDouble.of(5), maps.of("cost", NodeId.of(1), NodeId.of(2)));
        assertEquals(OptionalDouble.of(15.5), maps.of("cost", NodeId.of(2), NodeId.of(3)));
        assertEquals(OptionalDouble.of(20), maps.of("cost", NodeId.of(4), NodeId.of(1)), "IPv6");
        assertEquals(OptionalDouble.empty(), maps.of("cost", NodeId.of(3), NodeId.of(4)), "no cost is given");
        assertEquals(OptionalDouble.empty(), maps.of("cost", NodeId.of(1), NodeId.of(9)), "no address is known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "198.51.100.128/25|198.51.100.128/33|net.json:4:24: '198.51.100.128/33' where a prefix such as \"192.0.2.0/24\" was expected",
                "198.51.100.128/25|isp.example/25|net.json:4:24: 'isp.example/25' where a prefix",
                "198.51.100.128/25|192.0.2.128/24|net.json: the prefix Prefix[address=c0000200, bits=24] is in PID1 and in PID2",
                "network-map\" :|network\" :|net.json: there is no 'network-map' with prefixes in it",
                "{\"meta\"|[\"meta\"|net.json: not a JSON object",
                "tag\": \"da65|tag\": \"ea65|costs.json: the costs are for the network map [da65",
            })
    void whatIsWrongIsSaidWithItsPlace(String part, String instead, String problem) {
        assertTrue(NETWORK.contains(part), part);
        ProviderFormatException wrong = assertThrows(
                ProviderFormatException.class,
                () -> read(NETWORK.replaceFirst(java.util.regex.Pattern.quote(part), instead), COSTS));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith(problem), wrong::getMessage);
    }

    @Test
    void aCostIsANumber() {
        ProviderFormatException wrong =
                assertThrows(ProviderFormatException.class, () -> read(NETWORK, COSTS.replace("15.5", "\"dear\"")));
        assertEquals("costs.json:6:46: 'dear' where a number was expected", wrong.getMessage());
    }

    @Test
    void whatTheCostsDependOnAreObjects() {
        String costs = COSTS.replace("[{\"resource-id\"", "[7, {\"resource-id\"");
        ProviderFormatException wrong = assertThrows(ProviderFormatException.class, () -> read(NETWORK, costs));
        assertEquals(
                "costs.json:1:33: '7' where an object as a version of a network map was expected", wrong.getMessage());
    }

    @Test
    void whateverIsReadAreMapsOrItSaysWhyNot() throws UnknownHostException {
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            StringBuilder network = new StringBuilder(NETWORK);
            StringBuilder costs = new StringBuilder(COSTS);
            for (int change = 0; change < 2; change++) {
                spoil(network, random);
                spoil(costs, random);
            }
            try {
                read(network.toString(), costs.toString());
            } catch (ProviderFormatException wrong) {
                refused++;
            }
        }
        assertTrue(refused > 500 && refused < 2_000, "refused " + refused);
    }

    private static void spoil(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        if (random.nextInt(20) == 0) {
            text.setLength(at + 1);
        } else {
            text.setCharAt(at, "0129.:/,[]{}\" xé".charAt(random.nextInt(16)));
        }
    }
}
